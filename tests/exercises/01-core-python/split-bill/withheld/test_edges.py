import random
from decimal import Decimal

import answer
import pytest

from course.checks import inside


def test_a_refund_mirrors_the_bill(rng: random.Random):
    """Who pays a share of a bill gets the same share of its refund."""
    for _ in range(40):
        amount = Decimal(rng.randint(1, 9999)) / 100
        weights = [rng.randint(0, 9) for _ in range(rng.randint(2, 6))] + [1]
        paid = answer.split(amount, weights)
        assert answer.split(-amount, weights) == [-share for share in paid], "a refund moved a cent to somebody else"


def test_among_equals_the_first_is_served(rng: random.Random):
    """Of equal remainders the earlier one gets the cent."""
    people = rng.randint(5, 9)
    left = rng.randint(1, people - 1)
    cents = 100 * people + left
    wanted = [Decimal("1.01")] * left + [Decimal("1.00")] * (people - left)
    assert answer.split(Decimal(cents) / 100, [7] * people) == wanted, "the ledger is written twice and compared"


def test_shares_are_written_with_two_decimals(rng: random.Random):
    """Every share prints as it stands on a bill: 5.00, not 5 or 5.0."""
    tens = rng.randint(1, 9)
    for amount in (Decimal(f"{tens}E+1"), Decimal(tens * 10), Decimal(f"{tens}0.000")):
        shares = [str(share) for share in answer.split(amount, [1, 1, 0])]
        assert shares == [f"{tens * 5}.00", f"{tens * 5}.00", "0.00"], "5 == 5.00, and the bank's file wants 5.00"
    refunds = [str(share) for share in answer.split(Decimal(-tens * 10), [1, 0])]
    assert refunds == [f"-{tens * 10}.00", "0.00"], "-0.00 is no amount"


def test_a_fraction_of_a_cent_is_refused():
    """An amount that is no whole number of cents, or no number at all, raises ValueError."""
    for amount in ("10.005", "0.001", "1E-3", "NaN", "sNaN", "Infinity", "-Infinity"):
        with pytest.raises(ValueError):
            answer.split(Decimal(amount), [1, 1])


def test_large_sums_are_exact(rng: random.Random):
    """A year's turnover of a large house is split as exactly as a dinner."""
    cents = 3 * rng.randint(10**30, 10**31) + 1
    amount = Decimal((0, tuple(int(digit) for digit in str(cents)), -2))
    shares = answer.split(amount, [1, 1, 1])
    each, left = divmod(cents, 3)
    parts = [each + (place < left) for place in range(3)]
    assert shares == [Decimal(f"{part // 100}.{part % 100:02}") for part in parts], (
        "28 digits are the default of a context, not of an amount"
    )


def test_the_context_of_the_caller_plays_no_part(rng: random.Random):
    """A report that set `getcontext().prec = 3` gets the same shares, and its context back."""
    cents = rng.randint(1_000_000, 9_999_999)
    shares, precision = inside("split_in_context", 3, Decimal(cents) / 100, [1, 1])
    halves = (cents + 1) // 2, cents // 2
    assert shares == [Decimal(f"{half // 100}.{half % 100:02}") for half in halves], (
        "a setting for the report's percentages moved money"
    )
    assert precision == 3, "the report goes on with a precision that it did not set"
