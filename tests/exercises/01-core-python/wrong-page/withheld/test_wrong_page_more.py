import random
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import answer
import pytest
from given import Ticket, outcome


@pytest.mark.points(2)
@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_that_comes_twice(rng: random.Random, fold: int):
    """In the night when the clocks go back, a stream starts at the other one of two equal times."""
    zone = ZoneInfo(rng.choice(["Europe/Berlin", "Europe/Madrid", "Europe/Oslo"]))
    args = (datetime(2026, 10, 25, 2, rng.randrange(60), tzinfo=zone, fold=fold),)
    other = answer.twin("stream_starts", args)
    assert outcome("stream_starts", args, other) == "fooled", "half past two comes twice, and == cannot tell which"


def test_the_hour_that_never_comes(rng: random.Random):
    """In the night when the clocks go forward, a time that is skipped has two readings."""
    args = (datetime(2026, 3, 29, 2, rng.randrange(60), tzinfo=ZoneInfo("Europe/Berlin")),)
    other = answer.twin("stream_starts", args)
    assert outcome("stream_starts", args, other) == "fooled", "nobody's watch shows it, a form accepts it"


def test_an_ordinary_hour_is_safe(rng: random.Random):
    """On any other day equal datetimes start the stream at one time, whatever their zone."""
    day = datetime(2026, rng.choice([1, 5, 7, 11]), rng.randrange(1, 28), 2, 30)
    for zone in (ZoneInfo("Europe/Berlin"), timezone(timedelta(hours=3)), UTC):
        assert answer.twin("stream_starts", (day.replace(tzinfo=zone),)) is None, "equal instants are equal in UTC"


def test_a_lone_number_is_safe(rng: random.Random):
    """No second call gets the wrong stock: a single int is a key of its own."""
    assert answer.twin("stock", (rng.choice([1, 0, rng.randrange(2, 500)]),)) is None, "3.0 is another key here"


def test_prices_of_any_form():
    """Amounts without superfluous digits, with many of them, with an exponent, and zero have a twin, too."""
    for text in ("95.5", "95", "0.1", "95.000", "1E+2", "0", "0.00"):
        args = (Decimal(text),)
        assert outcome("invoice", args, answer.twin("invoice", args)) == "fooled", (
            f"{text} EUR can be written otherwise"
        )


def test_doors_in_any_zone():
    """Doors in Greenwich's time have a twin, those near midnight, too."""
    for zone, hour in ((UTC, 12), (ZoneInfo("Europe/London"), 23), (timezone(timedelta(hours=-3)), 0)):
        args = (datetime(2026, 1, 31, hour, 45, tzinfo=zone),)
        assert outcome("doors", args, answer.twin("doors", args)) == "fooled", f"{args[0]} is an hour elsewhere, too"


def test_small_numbers():
    """Orders and seats with the numbers 0 and 1 have a twin."""
    for number in (0, 1):
        for name, args in (("order", ("E7", number)), ("seat_label", (("B", number),))):
            assert outcome(name, args, answer.twin(name, args)) == "fooled", f"{name} of {number}"


def test_a_name_of_any_kind():
    """A badge has a twin whatever the holder's name is."""
    for holder in ("", "Ben", "Eve", "somebody else", "Ana Duarte"):
        args = (Ticket("T-7", holder),)
        assert outcome("badge", args, answer.twin("badge", args)) == "fooled", f"the holder {holder!r}"
