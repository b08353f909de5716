"""What the checks of core.split-bill arrange beside the answer."""

from decimal import getcontext, localcontext

import answer


def split_in_context(digits, amount, weights):
    """Split while the caller's decimal context has so many digits; return the shares and the digits afterwards."""
    with localcontext() as context:
        context.prec = digits
        return answer.split(amount, weights), getcontext().prec
