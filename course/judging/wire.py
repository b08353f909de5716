"""The one channel between checks and answers: length-prefixed JSON frames, values by value, with hard caps.

Only exact built-in types, a few of the standard library's and the types of an exercise's given.py travel by value;
everything else, subclasses included, is a handle. Both sides use this module, and it imports nothing of the course:
its source is also shipped into the sandbox, where each import costs every submission: modules whose types travel
are looked at once something else has imported them. Bytes from the sandbox are untrusted: no pickle, caps on size,
nodes, depth, digits and colliding keys.
"""

from __future__ import annotations

import base64
import binascii
import collections
import enum
import importlib
import json
import math
import struct
import sys
from collections.abc import Callable, Iterable

TYPE_CHECKING = False  # typing's own takes as long to import as json
if TYPE_CHECKING:
    import datetime
    import fractions
    from typing import Any

MAX_FRAME = 8 << 20  # bytes
MAX_NODES = 400_000
MAX_DEPTH = 150
MAX_DIGITS = 16_384  # hexadecimal digits of an int
MAX_TEXT = 4_000  # characters of a number, a date, a name
MAX_ODD_KEYS = 2_000  # keys whose hash a submission can choose: 60,000 colliding ones cost 40 s

if TYPE_CHECKING:
    Json = Any
    Row = tuple[Any, Callable[[Any], Json], Callable[[Json], Any]]
else:
    Json = object  # a name for annotations only


class WireError(Exception):
    """The value cannot travel, or what arrived is malformed."""


def _unbase64(text: Json) -> bytes:
    return base64.b64decode(text, validate=True)


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS + 3:
        raise WireError("an integer is too large to travel")
    return int(digits, 16)


def _to_integer(value: int) -> str:
    if value.bit_length() > MAX_DIGITS * 4:
        raise WireError("an integer is too large to travel")
    return hex(value)


def _short(text: Json) -> str:
    if type(text) is not str or len(text) > MAX_TEXT:
        raise WireError("a text is too long to be a number, a date or a name")
    return text


def _decimal(m: Any) -> Row:
    return m.Decimal, str, lambda j: m.Decimal(_short(j))


def _fraction(m: Any) -> Row:
    def decode(text: Json) -> fractions.Fraction:
        numerator, denominator = (_integer(part) for part in text)
        return m.Fraction(numerator, denominator)  # type: ignore[no-any-return]

    return m.Fraction, lambda v: [_to_integer(v.numerator), _to_integer(v.denominator)], decode


def _to_zone(zone: Any) -> Json:
    if zone is None:
        return None
    if (row := row_of(type(zone))) and row[0] in ("tz", "zone"):
        return row[1](zone)
    raise WireError("a time zone of an unknown kind cannot travel")


def _zone(given: Json) -> datetime.tzinfo | None:
    if given is None:
        return None
    return row_for("zone" if type(given) is str else "tz")[2](given)  # type: ignore[no-any-return]


def _key(zone: Any) -> Json:
    if not zone.key:
        raise WireError("a time zone of an unknown kind cannot travel")
    return zone.key


def _to_moment(value: Any) -> Json:
    return [value.replace(tzinfo=None).isoformat(), _to_zone(value.tzinfo), value.fold]


def _moment(name: str) -> Callable[[Any], Row]:
    def row(m: Any) -> Row:
        def decode(given: Json) -> Any:
            text, zone, fold = given
            return getattr(m, name).fromisoformat(_short(text)).replace(tzinfo=_zone(zone), fold=fold)

        return getattr(m, name), _to_moment, decode

    return row


def _path(name: str) -> Callable[[Any], Row]:
    return lambda m: (getattr(m, name), str, lambda text: getattr(m, name)(_short(text)))


def _seconds(zone: Any) -> Json:
    return zone.utcoffset(None).total_seconds()


# tag: (exact type, value -> JSON, JSON -> value). Containers are handled apart, since what they hold is coded too.
PLAIN: dict[str, Row] = {
    "u": (
        str,
        lambda v: base64.b64encode(v.encode("utf-8", "surrogatepass")).decode(),
        lambda j: _unbase64(j).decode("utf-8", "surrogatepass"),
    ),
    "i": (int, _to_integer, _integer),
    "f": (float, repr, lambda j: {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}[j]),
    "c": (complex, lambda v: [repr(v.real), repr(v.imag)], lambda j: complex(*(float(_short(x)) for x in j))),
    "b": (bytes, lambda v: base64.b64encode(v).decode(), _unbase64),
    "ba": (bytearray, lambda v: base64.b64encode(v).decode(), lambda j: bytearray(_unbase64(j))),
    "...": (type(...), lambda v: 0, lambda j: ...),
    "no": (type(NotImplemented), lambda v: 0, lambda j: NotImplemented),
}
BY_TYPE = {kind: (tag, encode) for tag, (kind, encode, _) in PLAIN.items()}
# The same of types whose module may not be imported yet: tag: (module, module -> row).
LATER: dict[str, tuple[str, Callable[[Any], Row]]] = {
    "dec": ("decimal", _decimal),
    "frac": ("fractions", _fraction),
    "date": ("datetime", lambda m: (m.date, lambda v: v.isoformat(), lambda j: m.date.fromisoformat(_short(j)))),
    "time": ("datetime", _moment("time")),
    "dt": ("datetime", _moment("datetime")),
    "td": (
        "datetime",
        lambda m: (m.timedelta, lambda v: [v.days, v.seconds, v.microseconds], lambda j: m.timedelta(*j)),
    ),
    "tz": ("datetime", lambda m: (m.timezone, _seconds, lambda j: m.timezone(m.timedelta(seconds=j)))),
    "zone": ("zoneinfo", lambda m: (m.ZoneInfo, _key, lambda j: m.ZoneInfo(_short(j)))),
    "uuid": ("uuid", lambda m: (m.UUID, str, lambda j: m.UUID(_short(j)))),
    "path": ("pathlib", _path("PosixPath")),
    "pure": ("pathlib", _path("PurePosixPath")),
}


looked_at = 0  # how many modules there were when the types of new ones were last looked for


def row_for(tag: str) -> Row:
    """Return how values with a tag travel; its module is imported at the first one."""
    if tag not in PLAIN:
        module, make = LATER[tag]
        PLAIN[tag] = kind, encode, _ = make(importlib.import_module(module))
        BY_TYPE[kind] = tag, encode
    return PLAIN[tag]


def row_of(kind: type) -> tuple[str, Callable[[Any], Json]] | None:
    """Return tag and encoder of an exact type; a value can only be of a module that something has imported."""
    global looked_at
    if kind not in BY_TYPE and len(sys.modules) != looked_at:
        looked_at = len(sys.modules)
        for tag, (module, _) in LATER.items():
            if tag not in PLAIN and module in sys.modules:
                row_for(tag)
    return BY_TYPE.get(kind)


SEQUENCES = {
    "l": list,
    "t": tuple,
    "s": set,
    "fs": frozenset,
    "dq": collections.deque,
}
MAPPINGS = {
    "d": dict,
    "cnt": collections.Counter,
    "od": collections.OrderedDict,
    "dd": collections.defaultdict,
}
TRIPLES = {"r": range, "sl": slice}
SEQUENCE_TAGS = {kind: tag for tag, kind in SEQUENCES.items()}
MAPPING_TAGS = {kind: tag for tag, kind in MAPPINGS.items()}
TRIPLE_TAGS = {kind: tag for tag, kind in TRIPLES.items()}


class Codec:
    """Turn values into JSON and back for one side of the channel.

    `refer(value)` makes the JSON of a handle, with one of the tags in `handles`; `resolve(json)` takes it back.
    `given` maps names to the dataclasses and enums of the exercise's given.py on this side.
    """

    handles = frozenset({"h", "cb", "bi", "e"})

    def __init__(self, refer: Callable[[Any], Json], resolve: Callable[[Json], Any], given: dict[str, type]) -> None:
        self.refer, self.resolve, self.given = refer, resolve, given
        self.names: dict[Any, str] = {kind: name for name, kind in given.items()}
        self.left = MAX_NODES

    def encode(self, value: Any) -> Json:
        """Return JSON for the value; raise WireError where it is too large or too deep."""
        self.left = MAX_NODES
        return self._encode(value, 0)

    def decode(self, given: Json) -> Any:
        """Return the value of untrusted JSON; raise WireError for whatever is malformed."""
        self.left = MAX_NODES
        try:
            return self._decode(given, 0)
        except (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RecursionError, OSError) as error:
            raise WireError(f"a malformed value arrived ({type(error).__name__})") from None

    def _spend(self, depth: int) -> None:
        self.left -= 1
        if self.left < 0 or depth > MAX_DEPTH:
            raise WireError("the value is too large or nested too deeply to travel")

    def _fits(self, container: Any) -> None:
        """Refuse early what would be refused after a second of work."""
        if len(container) > self.left:
            raise WireError("the value is too large or nested too deeply to travel")

    def _encode(self, v: Any, depth: int) -> Json:
        self._spend(depth)
        t: Any = type(v)
        deeper = depth + 1
        if v is None or t is bool or (t is str and v.isascii()):
            return v
        if (t is int and -(1 << 53) < v < (1 << 53)) or (t is float and math.isfinite(v)):
            return v
        if t in SEQUENCE_TAGS or t in MAPPING_TAGS:
            self._fits(v)
        if t in SEQUENCE_TAGS:
            return {SEQUENCE_TAGS[t]: [self._encode(x, deeper) for x in list(v)]}
        if t in MAPPING_TAGS:
            return {MAPPING_TAGS[t]: [[self._encode(k, deeper), self._encode(x, deeper)] for k, x in list(v.items())]}
        if t in TRIPLE_TAGS:
            return {TRIPLE_TAGS[t]: [self._encode(x, deeper) for x in (v.start, v.stop, v.step)]}
        if row := row_of(t):
            return {row[0]: row[1](v)}
        if t in self.names and isinstance(v, enum.Enum):
            return {"given": [self.names[t], v.name]}
        if t in self.names and hasattr(t, "__dataclass_fields__"):
            return {"given": [self.names[t], [self._encode(getattr(v, name), deeper) for name in _fields(t)]]}
        return self.refer(v)

    def _decode(self, j: Json, depth: int) -> Any:
        self._spend(depth)
        if j is None or type(j) in (bool, str, int, float):
            return j
        if type(j) is not dict or not j:
            raise WireError("a malformed value arrived")
        tag = next(iter(j))
        if tag in self.handles:
            return self.resolve(j)
        inner, deeper = j[tag], depth + 1
        if tag in PLAIN or tag in LATER:
            return row_for(tag)[2](inner)
        if tag in SEQUENCES:
            items = [self._decode(x, deeper) for x in inner]
            if tag in ("s", "fs"):
                _refuse_odd_keys(items)
            return SEQUENCES[tag](items)
        if tag in MAPPINGS:
            pairs = [(self._decode(k, deeper), self._decode(x, deeper)) for k, x in inner]
            _refuse_odd_keys(k for k, _ in pairs)
            return collections.defaultdict(None, pairs) if tag == "dd" else MAPPINGS[tag](dict(pairs))
        if tag in TRIPLES:
            start, stop, step = (self._decode(x, deeper) for x in inner)
            return TRIPLES[tag](start, stop, step)
        if tag == "given":
            return self._decode_given(inner, deeper)
        raise WireError("a value of an unknown kind arrived")

    def _decode_given(self, given: Json, depth: int) -> Any:
        name, inner = given
        kind: Any = self.given[name]
        if issubclass(kind, enum.Enum):
            return kind[inner]
        fields = _fields(kind)
        if len(fields) != len(inner):
            raise WireError("a malformed value arrived")
        made = object.__new__(kind)  # no __init__: nothing of ours runs on values that a submission chose
        for name, value in zip(fields, inner, strict=True):
            object.__setattr__(made, name, self._decode(value, depth))
        return made


def _fields(kind: type) -> list[str]:
    """Return the names of a dataclass's fields."""
    from dataclasses import fields

    return [field.name for field in fields(kind)]


def _refuse_odd_keys(keys: Iterable[Any]) -> None:
    odd = 0
    for key in keys:
        t = type(key)
        if t in (str, bytes, bool) or key is None or (t is int and -(1 << 53) < key < (1 << 53)):
            continue
        odd += 1
        if odd > MAX_ODD_KEYS:
            raise WireError("too many unusual keys arrived")


def _refuse_number(_: str) -> None:
    raise WireError("a malformed number arrived")


ENCODER = json.JSONEncoder(separators=(",", ":"), allow_nan=False)  # made once: a check sends half a dozen messages
DECODER = json.JSONDecoder(parse_constant=_refuse_number)


def pack(message: dict[str, Json]) -> bytes:
    """Return the frame of a message: its length in four bytes, big-endian, then JSON."""
    raw = ENCODER.encode(message).encode()
    if len(raw) > MAX_FRAME:
        raise WireError("the value is too large to travel")
    return struct.pack(">I", len(raw)) + raw


def unpack(raw: bytes) -> dict[str, Json]:
    """Return the message of a frame's body; raise WireError for whatever is malformed."""
    try:
        message = DECODER.decode(raw.decode())
    except (ValueError, RecursionError, binascii.Error) as error:
        raise WireError(f"a malformed message arrived ({type(error).__name__})") from None
    if type(message) is not dict:
        raise WireError("a malformed message arrived")
    return message
