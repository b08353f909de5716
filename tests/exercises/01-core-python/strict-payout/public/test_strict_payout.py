import random
from pathlib import Path

import answer
import pytest
from given import EventId, PromoterId, Sale

from course.checks import apart

GIVEN = (Path(__file__).parents[1] / "given.py").read_text("utf-8")
OWNERS = {EventId("E7"): PromoterId("P1"), EventId("E8"): PromoterId("P2"), EventId("E9"): PromoterId("P1")}


@pytest.mark.points(2)
def test_mypy_accepts_the_cell():
    """mypy has nothing to say about your cell in strict mode, once `# type: ignore` comments are removed."""
    complaints = apart("complaints", answer.source, GIVEN)
    if complaints:
        apart("mypy", "your cell")  # the call that the report shows
    assert complaints == [], "each of these was hidden before"


@pytest.mark.points(2)
def test_nothing_is_any():
    """No expression in your cell has the type Any, written or inferred."""
    found = apart("complaints", answer.source, GIVEN, ["--disallow-any-expr", "--disallow-any-explicit"])
    if found:
        apart("mypy", "your cell", "--disallow-any-expr", "--disallow-any-explicit")
    assert found == [], "where Any is, mypy looks away"


def test_nobody_looks_away():
    """The cell has no `cast`, no `Any` and no code that only one of the two readers sees."""
    found = apart("blindfolds", answer.source)
    if found:
        apart("mypy", "your cell")
    assert found == [], "names in your cell that make mypy look away; the two readers read the same program"


def test_a_line_becomes_a_sale(rng: random.Random):
    """A line becomes a Sale: cents as a number, an empty voucher as None."""
    cents = rng.randrange(-9000, 9000)
    assert answer.read_sale(f"E7;{cents};SPRING") == Sale(EventId("E7"), cents, "SPRING"), "cents are a number"
    assert answer.read_sale(f"E9;{cents};") == Sale(EventId("E9"), cents, None), "no voucher is None"


def test_the_example():
    """Two events of one promoter, with a voucher, a refund, and a share that was agreed."""
    lines = ["E7;9500;SPRING", "E7;-2000;", "E9;8000;"]
    got = answer.payouts(lines, OWNERS, {PromoterId("P1"): 90}, {"SPRING": 1000})
    assert got == {"P1": 13050}, "90 % was agreed; 80 % is for promoters without an agreement"


def test_promoters_without_an_agreement(rng: random.Random):
    """Where no share is agreed, a promoter gets 80 % of each event, rounded down."""
    first, second = rng.randrange(1000, 9000), rng.randrange(1000, 9000)
    got = answer.payouts([f"E7;{first};", f"E8;{second};", f"E7;{second};"], OWNERS, {}, {})
    assert got == {"P1": (first + second) * 80 // 100, "P2": second * 80 // 100}, "nobody has agreed on more or less"


def test_a_voucher_is_taken_off(rng: random.Random):
    """A sale with a voucher brings its price less what the voucher is worth."""
    worth = rng.randrange(100, 900)
    assert answer.paid(Sale(EventId("E7"), 9500, "SPRING"), {"SPRING": worth, "AUTUMN": 1}) == 9500 - worth, (
        "the voucher paid for a part"
    )
    assert answer.paid(Sale(EventId("E7"), 9500, None), {"SPRING": worth}) == 9500, "there was no voucher"
