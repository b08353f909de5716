# Raises the precision for itself and leaves it raised.
# fails: test_the_context_of_the_caller_plays_no_part
# says: the report goes on with a precision that it did not
# exercise: core.split-bill
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction


def split(amount: Decimal, weights: Sequence[int]) -> list[Decimal]:
    """Divide an amount with two decimals by weights, to the cent, by largest remainders; ValueError if it cannot be."""
    from decimal import getcontext

    getcontext().prec = 60
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
    return [Decimal(f"{sign if share else ''}{share // 100}.{share % 100:02}") for share in shares]
