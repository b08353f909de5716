"""What travels between checks and answers, and what is refused on the way."""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import datetime
import decimal
import enum
import fractions
import json
import math
import pathlib
import struct
import time
import uuid
import zoneinfo
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.judging.wire import MAX_DEPTH, MAX_FRAME, MAX_NODES, Codec, WireError, pack, unpack

BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")


@dataclasses.dataclass(frozen=True)
class Seat:
    row: str
    number: int


@dataclasses.dataclass(frozen=True, slots=True)
class Hold:
    seat: Seat
    until: datetime.datetime


class Status(enum.StrEnum):
    FREE = "free"
    SOLD = "sold"


class SoldOut(Exception):
    pass


GIVEN: dict[str, type] = {"Seat": Seat, "Hold": Hold, "Status": Status, "SoldOut": SoldOut}


def refuse(value: Any) -> Any:
    """Make the JSON of a handle, as both sides do for what does not travel by value."""
    return {"h": 1, "k": "object", "n": type(value).__name__}


CODEC = Codec(refuse, lambda j: ("handle", j.get("n")), GIVEN)


def there_and_back(value: Any) -> Any:
    frame = pack({"ok": CODEC.encode(value)})
    assert struct.unpack(">I", frame[:4])[0] == len(frame) - 4
    return CODEC.decode(unpack(frame[4:])["ok"])


def is_handle(value: Any) -> bool:
    return CODEC.encode(value) == refuse(value)


TRAVELLERS = [
    None, True, False, 0, -1, 2**53, -(2**60), 10**4000, 0.1, -0.0, 1e300, 5e-324, math.inf, -math.inf, 2 + 3j,
    "", "plain", "Zürich 🎫", "\ud800 alone", "nul \0", b"", b"\x00\xff", bytearray(b"seat"), ..., NotImplemented,
    decimal.Decimal("0.10"), decimal.Decimal("-Infinity"), decimal.Decimal("1E+400"), fractions.Fraction(-1, 3),
    datetime.date(2026, 2, 28), datetime.time(23, 59, 59, 999_999), datetime.time(2, 30, fold=1),
    datetime.datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1), datetime.datetime(1, 1, 1),
    datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC), datetime.timedelta(days=-1, microseconds=1),
    datetime.timezone(datetime.timedelta(hours=5, minutes=45)), datetime.UTC, BERLIN,
    uuid.UUID(int=7), pathlib.Path("/venue/hall"), pathlib.PurePosixPath("a/../b"), range(10, 0, -2), slice(1, None, 2),
    [], [1, [2, [3]]], (), (1,), ("a", ("b",)), set(), {1, "a", (2, 3)}, frozenset({frozenset({1})}),
    {}, {"a": 1}, {1: "x", (1, 2): None, None: True}, collections.Counter("aab"), collections.deque([1, 2]),
    collections.OrderedDict([("b", 1), ("a", 2)]), Seat("B", 7), Status.SOLD, [Seat("B", 7), {Status.FREE: Seat("A", 1)}],
    Hold(Seat("B", 7), datetime.datetime(2026, 5, 1, 20, tzinfo=BERLIN)),
]  # fmt: skip


def exactly(value: Any) -> Any:
    """Return what tells a value apart, types of everything inside and signs of zeros included."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return type(value), [exactly(getattr(value, field.name)) for field in dataclasses.fields(value)]
    if isinstance(value, dict):
        return type(value), [(exactly(k), exactly(v)) for k, v in value.items()]
    if isinstance(value, list | tuple | collections.deque):
        return type(value), [exactly(v) for v in value]
    if isinstance(value, set | frozenset):
        return type(value), sorted((exactly(v) for v in value), key=repr)
    if isinstance(value, datetime.datetime | datetime.time):
        return type(value), repr(value), value.fold, repr(value.tzinfo)
    return type(value), repr(value)


@pytest.mark.parametrize("value", TRAVELLERS, ids=lambda v: type(v).__name__)
def test_a_value_arrives_with_its_exact_type(value: Any) -> None:
    assert exactly(there_and_back(value)) == exactly(value)


def test_not_a_number_arrives_as_itself() -> None:
    assert math.isnan(there_and_back(math.nan))


def test_a_defaultdict_arrives_without_its_factory() -> None:
    arrived = there_and_back(collections.defaultdict(list, {"a": [1]}))
    assert type(arrived) is collections.defaultdict
    assert arrived == {"a": [1]}
    assert arrived.default_factory is None, "a factory is code, and code does not travel"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary()
    | st.decimals(allow_nan=False) | st.fractions() | st.datetimes(timezones=st.sampled_from([None, BERLIN, datetime.UTC]))
    | st.timedeltas() | st.dates() | st.uuids() | st.builds(Seat, st.text(), st.integers()) | st.sampled_from(Status),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner) | st.sets(st.integers()),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(VALUES)
def test_any_nest_of_values_arrives_as_it_was(value: Any) -> None:
    assert exactly(there_and_back(value)) == exactly(value)


class Int(int):
    pass


class Text(str):
    pass


class Number(float):
    pass


class Rows(list[Any]):
    pass


class Book(dict[str, Any]):
    pass


class Pair(tuple[Any, ...]):
    pass


class Bag(set[Any]):
    pass


class Money(decimal.Decimal):
    pass


class Moment(datetime.datetime):
    pass


class BetterSeat(Seat):
    pass


@pytest.mark.parametrize(
    "value",
    [Int(3), Text("x"), Number(1.5), Rows(), Book(), Pair(), Bag(), Money(1), Moment(2026, 1, 1), BetterSeat("B", 7)],
    ids=lambda v: type(v).__name__,
)
def test_a_subclass_stays_where_it_is(value: Any) -> None:
    assert is_handle(value), "its methods could say whatever a check wants to hear"


def test_a_class_of_given_that_is_no_data_stays_where_it_is() -> None:
    assert is_handle(SoldOut("B7")), "only dataclasses and enums of given.py are data"


def test_a_named_tuple_stays_where_it_is() -> None:
    point = collections.namedtuple("point", "x y")
    assert is_handle(point(1, 2))


# -- caps


def test_a_message_over_eight_mebibytes_is_not_packed() -> None:
    with pytest.raises(WireError, match="too large"):
        pack({"ok": "x" * MAX_FRAME})


def test_a_value_of_too_many_parts_is_not_encoded() -> None:
    with pytest.raises(WireError, match="too large"):
        CODEC.encode([0] * MAX_NODES)


def test_a_value_of_too_many_parts_is_not_decoded() -> None:
    with pytest.raises(WireError, match="too large"):
        CODEC.decode({"l": [0] * MAX_NODES})


def nested(depth: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


def test_a_value_is_encoded_down_to_the_depth_limit_and_no_deeper() -> None:
    assert there_and_back(nested(MAX_DEPTH)) == nested(MAX_DEPTH)
    with pytest.raises(WireError, match="deep"):
        CODEC.encode(nested(MAX_DEPTH + 1))


def test_a_value_deeper_than_the_limit_is_not_decoded() -> None:
    deep: Any = {"l": []}
    for _ in range(MAX_DEPTH + 1):
        deep = {"l": [deep]}
    with pytest.raises(WireError, match="deep"):
        CODEC.decode(deep)


def test_a_value_that_holds_itself_is_not_encoded() -> None:
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(WireError, match="deep"):
        CODEC.encode(loop)


def test_an_integer_of_too_many_digits_is_neither_sent_nor_read() -> None:
    with pytest.raises(WireError, match="integer"):
        CODEC.encode(1 << 70_000)
    with pytest.raises(WireError, match="integer"):
        CODEC.decode({"i": "0x" + "f" * 20_000})


def test_a_number_written_with_a_million_characters_is_refused() -> None:
    with pytest.raises(WireError, match="too long"):
        CODEC.decode({"dec": "1" * 1_000_000})


def test_thousands_of_keys_with_one_hash_are_refused_at_once() -> None:
    colliding = [{"i": hex(n * (2**61 - 1))} for n in range(1, 60_001)]
    started = time.monotonic()
    for message in (
        {"s": colliding},
        {"fs": colliding},
        *({tag: [[k, 1] for k in colliding]} for tag in ("d", "cnt", "od", "dd")),
    ):
        with pytest.raises(WireError, match="unusual keys"):
            CODEC.decode(message)
    assert time.monotonic() - started < 3, "60,000 of them cost 40 s where they are put into a dict first"


def test_many_ordinary_keys_are_no_attack() -> None:
    assert len(there_and_back({n << 30: n for n in range(20_000)})) == 20_000


# -- malformed bytes

MALFORMED = [
    b"", b"{", b"[]", b"1", b'"x"', b"null", b"\xff\xfe", b"{}x", b'{"a":NaN}', b'{"a":Infinity}', b"[" * 200_000,
    b'{"a":' * 100_000, b'{"a":' + b"9" * 10_000 + b"}",
]  # fmt: skip


@pytest.mark.parametrize("raw", MALFORMED, ids=lambda raw: ascii(raw[:12]))
def test_malformed_bytes_are_refused(raw: bytes) -> None:
    with pytest.raises(WireError, match="malformed"):
        unpack(raw)


UNTRUE = [
    [], [1], {}, {"nope": 1}, {"u": 3}, {"u": "%%%"}, {"u": "gICA"}, {"i": 3}, {"i": ""}, {"i": "zz"}, {"i": None},
    {"f": "1.0"}, {"f": []}, {"c": ["x", "y"]}, {"c": 1}, {"dec": "one"}, {"dec": 1}, {"frac": ["0x1", "0x0"]},
    {"frac": ["0x1"]}, {"date": "2026-02-30"}, {"date": None}, {"time": []}, {"dt": ["2026-01-01", None]},
    {"dt": ["2026-01-01", "No/Where", 0]}, {"dt": ["2026-01-01", "../../etc/passwd", 0]}, {"dt": ["x", None, 0]},
    {"dt": ["2026-01-01", None, 7]}, {"td": [10**12, 0, 0]}, {"td": ["a"]}, {"tz": 10**9}, {"zone": "/etc/passwd"},
    {"uuid": "x"}, {"path": 1}, {"r": [1, 2, 0]}, {"r": [1]}, {"r": ["a", "b", "c"]}, {"sl": [1]}, {"l": 1}, {"l": None},
    {"s": [{"l": []}]}, {"d": [[{"l": []}, 1]]}, {"d": [[1]]}, {"d": 1}, {"cnt": [1]}, {"given": ["Nobody", []]},
    {"given": ["Seat", [1]]}, {"given": ["Seat", 1]}, {"given": ["Status", "LOST"]}, {"given": ["Status", []]},
    {"given": [[], []]}, {"given": 1}, {"given": ["SoldOut", []]},
]  # fmt: skip


@pytest.mark.parametrize("untrue", UNTRUE, ids=str)
def test_a_malformed_value_is_refused(untrue: Any) -> None:
    with pytest.raises(WireError):
        CODEC.decode(untrue)


TAGS = ["u", "i", "f", "c", "b", "ba", "dec", "frac", "date", "time", "dt", "td", "tz", "zone", "uuid", "path", "pure",
        "...", "no", "l", "t", "s", "fs", "dq", "d", "cnt", "od", "dd", "r", "sl", "given", "h", "e"]  # fmt: skip
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8)
    | st.sampled_from(["0x1", "-0x0", "1e999", "nan", "Seat", "Status", "SoldOut", "FREE", "UTC", "2026-01-01", "12:30", "AAAA"])
)  # fmt: skip
ARBITRARY = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(TAGS) | st.text(max_size=3), inner, max_size=2),
    max_leaves=25,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(ARBITRARY)
def test_whatever_json_arrives_gives_a_value_or_a_wire_error(message: Any) -> None:
    with contextlib.suppress(WireError):
        CODEC.decode(json.loads(json.dumps(message)))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200) | st.text(alphabet='{}[]":,0123456789.eEnulltrfas\\-', max_size=80).map(str.encode))
def test_whatever_bytes_arrive_give_a_message_or_a_wire_error(raw: bytes) -> None:
    with contextlib.suppress(WireError):
        assert type(unpack(raw)) is dict


def test_a_dataclass_of_given_is_made_without_running_its_code() -> None:
    @dataclasses.dataclass(frozen=True)
    class Trap:
        text: str

        def __post_init__(self) -> None:
            raise RuntimeError("ran")

    codec = Codec(refuse, lambda j: j, {"Trap": Trap})
    assert codec.decode({"given": ["Trap", ["x"]]}).text == "x"
