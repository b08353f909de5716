"""What the checks of core.money arrange beside the answer."""

import operator

import answer


class Stranger:
    """A type that the answer has never heard of; it says so when it gets its turn."""

    def __repr__(self):
        return "<a type from next year>"

    def _asked(self, other):
        return "the other type was asked"

    __radd__ = __rsub__ = __rmul__ = __mul__ = _asked
    __lt__ = __le__ = __gt__ = __ge__ = _asked


def with_stranger(name, cents, currency, stranger_first=False):
    """Apply the operator to a price and a stranger; return what comes out."""
    pair = [answer.Money(cents, currency), Stranger()]
    return getattr(operator, name)(*(reversed(pair) if stranger_first else pair))


def distinct(prices):
    """Return how many different members a set of these (cents, currency) has."""
    return len({answer.Money(cents, currency) for cents, currency in prices})
