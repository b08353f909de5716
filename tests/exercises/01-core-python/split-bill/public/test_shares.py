import random
from decimal import Decimal
from fractions import Fraction

import answer
import pytest


def exact(amount: Decimal, weights: list[int]) -> list[Fraction]:
    return [Fraction(amount) * weight / sum(weights) for weight in weights]


def some_bill(rng: random.Random) -> tuple[Decimal, list[int]]:
    cents, people = rng.randint(1, 999_999), rng.randint(2, 9)
    return Decimal(cents) / 100, [rng.randint(1, 40) for _ in range(people)]


def test_equal_parts_differ_by_a_cent():
    """100.00 among three: somebody pays the cent that is left."""
    shares = answer.split(Decimal("100.00"), [1, 1, 1])
    assert sorted(shares) == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")], (
        "99.99 is what three rounded thirds add up to"
    )


def test_the_shares_add_up(rng: random.Random):
    """Whatever the bill and the weights, the shares add up to the bill."""
    for _ in range(60):
        amount, weights = some_bill(rng)
        shares = answer.split(amount, weights)
        assert type(shares) is list and len(shares) == len(weights), "one share for each weight"
        assert sum(shares) == amount, "the cent that is missing here is missing in the ledger"


@pytest.mark.points(2)
def test_nobody_is_a_cent_away_from_the_exact_share(rng: random.Random):
    """A share is the exact one, cut to the cent or raised to the next."""
    for _ in range(40):
        amount, weights = some_bill(rng)
        for share, wanted in zip(answer.split(amount, weights), exact(amount, weights), strict=True):
            assert abs(Fraction(share) - wanted) < Fraction(1, 100), "somebody pays for the others"


@pytest.mark.points(2)
def test_the_largest_remainders_get_the_cents(rng: random.Random):
    """Cents that are left go to those who lost most by the cut."""
    assert answer.split(Decimal("0.10"), [1, 2, 3]) == [Decimal("0.02"), Decimal("0.03"), Decimal("0.05")], (
        "1.67, 3.33 and 5 cents: the first lost most"
    )
    for _ in range(40):
        amount, weights = some_bill(rng)
        shares = [int(100 * share) for share in answer.split(amount, weights)]
        lost = [100 * wanted % 1 for wanted in exact(amount, weights)]
        raised = [share > 100 * wanted for share, wanted in zip(shares, exact(amount, weights), strict=True)]
        kept = [rest for rest, up in zip(lost, raised, strict=True) if not up]
        given = [rest for rest, up in zip(lost, raised, strict=True) if up]
        assert not given or min(given) >= max(kept), "a cent went to one who had lost less"


def test_a_guest_of_the_house_pays_nothing(rng: random.Random):
    """A weight of 0 gives a share of 0.00."""
    cents = rng.randint(100, 9999)
    assert answer.split(Decimal(cents) / 100, [0, 5, 0])[::2] == [0, 0], "who is invited gets no bill"


def test_a_bill_without_payers_is_refused():
    """No weights, weights that add up to nothing and negative weights raise ValueError."""
    for weights in ([], [0, 0], [3, -1], [-1, -1]):
        with pytest.raises(ValueError):
            answer.split(Decimal("10.00"), weights)
