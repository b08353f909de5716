# Rounds all but the last share and lets the last take what is left.
# fails: test_nobody_is_a_cent_away_from_the_exact_share, test_the_largest_remainders_get_the_cents, test_among_equals_the_first_is_served, test_large_sums_are_exact
# says: somebody pays for the
# exercise: core.split-bill
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction


def split(amount: Decimal, weights: Sequence[int]) -> list[Decimal]:
    """Divide an amount with two decimals by weights, to the cent, by largest remainders; ValueError if it cannot be."""
    whole = sum(weights)
    if min(weights, default=0) < 0 or whole == 0:
        raise ValueError(f"no weights to divide by: {weights!r}")
    if not amount.is_finite():
        raise ValueError(f"no amount: {amount}")
    cents = abs(Fraction(amount)) * 100
    if cents.denominator != 1:
        raise ValueError(f"no whole cents: {amount}")
    cents = cents.numerator
    shares, lost = zip(*(divmod(cents * weight, whole) for weight in weights), strict=True)
    shares = list(shares)
    shares = [share + (2 * rest >= whole) for share, rest in zip(shares, lost, strict=True)]
    shares[-1] += cents - sum(shares)
    sign = "-" if amount < 0 else ""
    return [Decimal(f"{sign if share else ''}{share // 100}.{share % 100:02}") for share in shares]
