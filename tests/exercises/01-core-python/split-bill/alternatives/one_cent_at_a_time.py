# Gives the cents that are left one by one to whoever is furthest below the exact share, in Fractions.
# exercise: core.split-bill
from decimal import Context, Decimal, Inexact, InvalidOperation, localcontext
from fractions import Fraction


def split(amount, weights):
    total = sum(weights)
    if total <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("nobody to pay")
    with localcontext(Context(prec=400, traps=[Inexact, InvalidOperation])):
        try:
            cents = int(amount.quantize(Decimal("0.01")).scaleb(2).copy_abs())
        except (Inexact, InvalidOperation, OverflowError):
            raise ValueError(f"{amount} is no amount to the cent") from None
        exact = [Fraction(cents * weight, total) for weight in weights]
        shares = [int(wanted) for wanted in exact]
        while sum(shares) < cents:
            missing = [wanted - share for wanted, share in zip(exact, shares, strict=True)]
            shares[missing.index(max(missing))] += 1
        refund = amount.is_signed()
        return [Decimal((int(refund and share > 0), tuple(int(d) for d in f"{share:03}"), -2)) for share in shares]
