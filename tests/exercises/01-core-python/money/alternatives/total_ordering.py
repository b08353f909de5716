# Orders by total_ordering, multiplies by adding up, prints from the digits.
# exercise: core.money
from dataclasses import dataclass
from functools import total_ordering


@total_ordering
@dataclass(frozen=True)
class Money:
    """An amount in integer cents of one currency, a value: Money(9500, "EUR") is 95.00 EUR."""

    cents: int
    currency: str

    def __post_init__(self):
        if isinstance(self.cents, bool) or not isinstance(self.cents, int):
            raise TypeError("cents is an int")

    def _with(self, other, cents):
        if self.currency != other.currency:
            raise ValueError("two currencies")
        return Money(cents, self.currency)

    def __add__(self, other):
        match other:
            case Money(cents=cents):
                return self._with(other, self.cents + cents)
        return NotImplemented

    def __sub__(self, other):
        match other:
            case Money(cents=cents):
                return self._with(other, self.cents - cents)
        return NotImplemented

    def __rmul__(self, tickets):
        return self * tickets

    def __mul__(self, tickets):
        if not isinstance(tickets, int) or isinstance(tickets, bool):
            return NotImplemented
        return Money(sum([self.cents] * abs(tickets)) * (1 if tickets > 0 else -1), self.currency)

    def __gt__(self, other):
        return (self - other).cents > 0 if isinstance(other, Money) else NotImplemented

    def __format__(self, spec):
        digits = str(abs(self.cents)).zfill(3)
        return format("-" * (self.cents < 0) + digits[:-2] + "." + digits[-2:] + " " + self.currency, spec)

    def __str__(self):
        return format(self, "")
