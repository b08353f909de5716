import random
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import answer
import pytest
from given import Ticket, outcome


def test_an_order(rng: random.Random):
    """An order is answered with the text of another number of the same value."""
    args = rng.choice(["E7", "E9"]), rng.randrange(2, 10)
    assert outcome("order", args, answer.twin("order", args)) == "fooled", "3 == 3.0, and the ticket prints it"


def test_an_invoice(rng: random.Random):
    """An invoice is answered with the text of the same amount, written in another way."""
    args = (Decimal(rng.randrange(10, 9_999) * 10).scaleb(-2),)
    assert outcome("invoice", args, answer.twin("invoice", args)) == "fooled", "a price has digits beside its value"


@pytest.mark.points(2)
def test_the_doors(rng: random.Random):
    """Doors are announced in the local time of another place."""
    zone = rng.choice([ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/Helsinki"), timezone(timedelta(hours=2))])
    args = (datetime(2026, rng.choice([1, 6, 12]), rng.randrange(1, 28), 19, 30, tzinfo=zone),)
    assert outcome("doors", args, answer.twin("doors", args)) == "fooled", "one instant, two clocks on the wall"


def test_a_badge(rng: random.Random):
    """A badge welcomes somebody else by the first one's name."""
    args = (Ticket(f"T-{rng.randrange(1000, 9999)}", rng.choice(["Ana", "Ben"])),)
    assert outcome("badge", args, answer.twin("badge", args)) == "fooled", "personal data on somebody else's badge"


@pytest.mark.points(2)
def test_a_seat_label(rng: random.Random):
    """A seat is labelled like another one that is equal, though the cache looks at types."""
    args = ((rng.choice("ABC"), rng.randrange(2, 40)),)
    assert outcome("seat_label", args, answer.twin("seat_label", args)) == "fooled", (
        "types inside a tuple are not looked at"
    )


def test_a_gate_is_safe(rng: random.Random):
    """No second call gets the wrong gate: text and number, with their types."""
    assert answer.twin("gate", (rng.choice(["E7", "E9"]), rng.randrange(2, 9))) is None, (
        "this cache looks at these types"
    )
