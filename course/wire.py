"""The one channel between checks and answers: length-prefixed JSON frames, values by value, with hard caps.

Only exact built-in types, a few of the standard library's and the types of an exercise's given.py travel by value;
everything else, subclasses included, is a handle. Both sides use this module, and it imports nothing of the course:
its source is also shipped into the sandbox. Bytes from the sandbox are untrusted: no pickle, caps on size, nodes,
depth, digits and colliding keys.
"""

from __future__ import annotations

import base64
import binascii
import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import json
import math
import pathlib
import struct
import uuid
import zoneinfo
from collections.abc import Callable, Iterable
from typing import Any

MAX_FRAME = 8 << 20  # bytes
MAX_NODES = 400_000
MAX_DEPTH = 150
MAX_DIGITS = 16_384  # hexadecimal digits of an int
MAX_TEXT = 4_000  # characters of a number, a date, a name
MAX_ODD_KEYS = 2_000  # keys whose hash a submission can choose: 60,000 colliding ones cost 40 s

Json = Any


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


def _fraction(text: Json) -> fractions.Fraction:
    numerator, denominator = (_integer(part) for part in text)
    return fractions.Fraction(numerator, denominator)


def _decimal(text: Json) -> decimal.Decimal:
    return decimal.Decimal(_short(text))


def _to_zone(zone: Any) -> Json:
    if zone is None:
        return None
    if type(zone) is datetime.timezone:
        return zone.utcoffset(None).total_seconds()
    if type(zone) is zoneinfo.ZoneInfo and zone.key:
        return zone.key
    raise WireError("a time zone of an unknown kind cannot travel")


def _zone(given: Json) -> datetime.tzinfo | None:
    if given is None:
        return None
    if type(given) is str:
        return zoneinfo.ZoneInfo(_short(given))
    return datetime.timezone(datetime.timedelta(seconds=given))


def _to_moment(value: Any) -> Json:
    return [value.replace(tzinfo=None).isoformat(), _to_zone(value.tzinfo), value.fold]


def _moment(kind: Any) -> Callable[[Json], Any]:
    def decode(given: Json) -> Any:
        text, zone, fold = given
        return kind.fromisoformat(_short(text)).replace(tzinfo=_zone(zone), fold=fold)

    return decode


def _path(kind: Any) -> tuple[Any, Any, Any]:
    return kind, str, lambda text: kind(_short(text))


# tag: (exact type, value -> JSON, JSON -> value). Containers are handled apart, since what they hold is coded too.
PLAIN: dict[str, tuple[type, Callable[[Any], Json], Callable[[Json], Any]]] = {
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
    "dec": (decimal.Decimal, str, _decimal),
    "frac": (fractions.Fraction, lambda v: [_to_integer(v.numerator), _to_integer(v.denominator)], _fraction),
    "date": (datetime.date, lambda v: v.isoformat(), lambda j: datetime.date.fromisoformat(_short(j))),
    "time": (datetime.time, _to_moment, _moment(datetime.time)),
    "dt": (datetime.datetime, _to_moment, _moment(datetime.datetime)),
    "td": (datetime.timedelta, lambda v: [v.days, v.seconds, v.microseconds], lambda j: datetime.timedelta(*j)),
    "tz": (datetime.timezone, _to_zone, _zone),
    "zone": (zoneinfo.ZoneInfo, _to_zone, _zone),
    "uuid": (uuid.UUID, str, lambda j: uuid.UUID(_short(j))),
    "path": _path(pathlib.PosixPath),
    "pure": _path(pathlib.PurePosixPath),
    "...": (type(...), lambda v: 0, lambda j: ...),
    "no": (type(NotImplemented), lambda v: 0, lambda j: NotImplemented),
}
BY_TYPE = {kind: (tag, encode) for tag, (kind, encode, _) in PLAIN.items()}
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
        if t in BY_TYPE:
            tag, encode = BY_TYPE[t]
            return {tag: encode(v)}
        if t in SEQUENCE_TAGS or t in MAPPING_TAGS:
            self._fits(v)
        if t in SEQUENCE_TAGS:
            return {SEQUENCE_TAGS[t]: [self._encode(x, deeper) for x in list(v)]}
        if t in MAPPING_TAGS:
            return {MAPPING_TAGS[t]: [[self._encode(k, deeper), self._encode(x, deeper)] for k, x in list(v.items())]}
        if t in TRIPLE_TAGS:
            return {TRIPLE_TAGS[t]: [self._encode(x, deeper) for x in (v.start, v.stop, v.step)]}
        if t in self.names and isinstance(v, enum.Enum):
            return {"given": [self.names[t], v.name]}
        if t in self.names and dataclasses.is_dataclass(v):
            fields = [self._encode(getattr(v, field.name), deeper) for field in dataclasses.fields(v)]
            return {"given": [self.names[t], fields]}
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
        if tag in PLAIN:
            return PLAIN[tag][2](inner)
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
        fields = dataclasses.fields(kind)
        if len(fields) != len(inner):
            raise WireError("a malformed value arrived")
        made = object.__new__(kind)  # no __init__: nothing of ours runs on values that a submission chose
        for field, value in zip(fields, inner, strict=True):
            object.__setattr__(made, field.name, self._decode(value, depth))
        return made


def _refuse_odd_keys(keys: Iterable[Any]) -> None:
    odd = 0
    for key in keys:
        t = type(key)
        if t in (str, bytes, bool) or key is None or (t is int and -(1 << 53) < key < (1 << 53)):
            continue
        odd += 1
        if odd > MAX_ODD_KEYS:
            raise WireError("too many unusual keys arrived")


def pack(message: dict[str, Json]) -> bytes:
    """Return the frame of a message: its length in four bytes, big-endian, then JSON."""
    raw = json.dumps(message, separators=(",", ":"), allow_nan=False).encode()
    if len(raw) > MAX_FRAME:
        raise WireError("the value is too large to travel")
    return struct.pack(">I", len(raw)) + raw


def unpack(raw: bytes) -> dict[str, Json]:
    """Return the message of a frame's body; raise WireError for whatever is malformed."""

    def refuse(_: str) -> None:
        raise WireError("a malformed number arrived")

    try:
        message = json.loads(raw, parse_constant=refuse)
    except (ValueError, RecursionError, binascii.Error) as error:
        raise WireError(f"a malformed message arrived ({type(error).__name__})") from None
    if type(message) is not dict:
        raise WireError("a malformed message arrived")
    return message
