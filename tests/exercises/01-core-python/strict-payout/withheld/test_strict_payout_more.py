import random
from pathlib import Path
from textwrap import wrap

import answer
import pytest
from given import HOUSE, EventId, PromoterId, Sale

from course.checks import apart

GIVEN = (Path(__file__).parents[1] / "given.py").read_text("utf-8")
OWNERS = {EventId("E7"): PromoterId("P1"), EventId("E8"): PromoterId("P2"), EventId("E9"): PromoterId("P1")}

SETUP = """
from typing import Dict, assert_type
owners = {EventId("E7"): PromoterId("P1")}
shares = {PromoterId("P1"): 90}
by_event = {EventId("E7"): 90}
lines = ["E7;9500;SPRING"]
sale = Sale(EventId("E7"), 9500, None)
""".splitlines()


def read(*lines: str) -> dict[str, str]:
    """Return what mypy says about each line below given code and answer; nothing where it has no objection."""
    return dict(apart("usage", answer.source, [*SETUP, *lines], GIVEN)[len(SETUP) :])


@pytest.mark.points(2)
def test_ids_stay_apart_for_callers():
    """mypy refuses shares by event and owners by promoter, and knows that promoters are paid."""
    wrong = [
        "payouts(lines, owners, by_event, {})",
        "payouts(lines, shares, shares, {})",
        'payouts(lines, owners, {"P1": 90}, {})',
        "payouts(lines, {'E7': PromoterId('P1')}, shares, {})",
        "payouts(lines, owners, shares, {})[EventId('E7')]",
        "paid(sale, {'SPRING': None})",
        "read_sale(None)",
    ]
    for line, objection in read(*wrong).items():
        if not objection:
            apart("mypy", *wrap(line, 56))  # the call that the report shows
        assert ("refuses it" if objection else "accepts it") == "refuses it", (
            "the next caller mixes up what the last did"
        )
    right = [
        "assert_type(payouts(lines, owners, shares, {}), Dict[PromoterId, int])",
        "assert_type(read_sale(lines[0]), Sale)",
        "assert_type(paid(sale, {'SPRING': 1000}) + share(8000, 90), int)",
        "payouts((line for line in lines), owners, shares, {})",
    ]
    for line, objection in read(*right).items():
        if objection:
            apart("mypy", *wrap(line, 56))
        assert (objection or "accepts it") == "accepts it", "callers pass what the contract says, and get what it says"


def test_a_voucher_that_nobody_knows(rng: random.Random):
    """A voucher that is not in the list is worth 0: the sale brings its price."""
    cents = rng.randrange(1000, 9000)
    assert answer.paid(Sale(EventId("E7"), cents, "EXPIRED"), {"SPRING": 1000}) == cents, "it comes once a year"


def test_a_month_of_refunds(rng: random.Random):
    """An event whose refunds outweigh its sales, or balance them, gives its promoter 0, and takes nothing from others."""
    loss = rng.randrange(1, 9000)
    assert [answer.share(cents, 90) for cents in (-loss, -1, 0, 1, 2)] == [0, 0, 0, 0, 1]
    assert answer.share(1, 100) == 1
    got = answer.payouts([f"E7;-{loss};", "E9;8000;", "E8;500;", "E8;-500;"], OWNERS, {PromoterId("P1"): 75}, {})
    assert got == {"P1": 6000, "P2": 0}, "each event is shared by itself"


def test_an_event_that_nobody_owns():
    """The sales of an event without an owner go to the house, at the share that the house has agreed."""
    got = answer.payouts(["E99;1000;", "E98;500;"], OWNERS, {HOUSE: 100}, {})
    assert got == {"HOUSE": 1500}, "money without an owner is not lost"


@pytest.mark.points(2)
def test_any_month(rng: random.Random):
    """Random months of five events and three promoters, with vouchers, refunds and agreements."""
    for _ in range(10):
        owners = {EventId(f"E{n}"): PromoterId(f"P{rng.randrange(3)}") for n in range(4)}
        shares = {PromoterId(f"P{n}"): rng.randrange(50, 100) for n in range(3) if rng.random() < 0.6}
        vouchers = {"SPRING": rng.randrange(1, 500), "AUTUMN": rng.randrange(1, 500)}
        sales = [
            (f"E{rng.randrange(5)}", rng.randrange(-6000, 7000), rng.choice(["", "SPRING", "LOST"])) for _ in range(30)
        ]
        totals: dict[str, int] = {}
        for event, cents, voucher in sales:
            totals[event] = totals.get(event, 0) + cents - vouchers.get(voucher, 0)
        expected: dict[str, int] = {}
        for event, cents in totals.items():
            owner = owners.get(EventId(event), HOUSE)
            expected[owner] = expected.get(owner, 0) + max(0, cents * shares.get(owner, 80) // 100)
        assert answer.payouts([f"{e};{c};{v}" for e, c, v in sales], owners, shares, vouchers) == expected
