# Refuses a weight of 0 together with the negative ones.
# fails: test_a_guest_of_the_house_pays_nothing, test_a_refund_mirrors_the_bill, test_shares_are_written_with_two_decimals
# says: A weight of 0 gives a
# exercise: core.split-bill
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction


def split(amount: Decimal, weights: Sequence[int]) -> list[Decimal]:
    """Divide an amount with two decimals by weights, to the cent, by largest remainders; ValueError if it cannot be."""
    whole = sum(weights)
    if min(weights, default=0) <= 0 or whole == 0:
        raise ValueError(f"no weights to divide by: {weights!r}")
    if not amount.is_finite():
        raise ValueError(f"no amount: {amount}")
    cents = abs(Fraction(amount)) * 100
    if cents.denominator != 1:
        raise ValueError(f"no whole cents: {amount}")
    cents = cents.numerator
    shares, lost = zip(*(divmod(cents * weight, whole) for weight in weights), strict=True)
    shares = list(shares)
    for place in sorted(range(len(shares)), key=lambda at: -lost[at])[: cents - sum(shares)]:
        shares[place] += 1
    sign = "-" if amount < 0 else ""
    return [Decimal(f"{sign if share else ''}{share // 100}.{share % 100:02}") for share in shares]
