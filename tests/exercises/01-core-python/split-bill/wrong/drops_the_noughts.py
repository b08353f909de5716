# Divides by 100, so that 5.00 comes out as 5.
# fails: test_shares_are_written_with_two_decimals
# says: 5 == 5.00, and the bank's file wants
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
    for place in sorted(range(len(shares)), key=lambda at: -lost[at])[: cents - sum(shares)]:
        shares[place] += 1
    sign = "-" if amount < 0 else ""
    from decimal import localcontext

    with localcontext() as context:
        context.prec = 200
        return [(-1 if sign else 1) * Decimal(share) / 100 for share in shares]
