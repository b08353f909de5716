# Writes an __eq__ of its own that forgets the currency.
# fails: test_equal_prices_count_once
# says: by amount and currency
# exercise: core.money
from dataclasses import dataclass


@dataclass(frozen=True)
class Money:
    """An amount in integer cents of one currency, a value: Money(9500, "EUR") is 95.00 EUR."""

    cents: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.cents) is not int:
            raise TypeError(f"cents is an int, not {self.cents!r}")

    def _cents_of(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise ValueError(f"{self} and {other} have different currencies")
        return other.cents

    def __add__(self, other: object) -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.cents + self._cents_of(other), self.currency)

    def __sub__(self, other: object) -> "Money":
        return self + other * -1 if isinstance(other, Money) else NotImplemented

    def __mul__(self, tickets: object) -> "Money":
        return Money(self.cents * tickets, self.currency) if type(tickets) is int else NotImplemented

    __rmul__ = __mul__

    def __lt__(self, other: object) -> bool:
        return self.cents < self._cents_of(other) if isinstance(other, Money) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self.cents <= self._cents_of(other) if isinstance(other, Money) else NotImplemented

    def __eq__(self, other: object) -> bool:
        return self.cents == other.cents if isinstance(other, Money) else NotImplemented

    def __str__(self) -> str:
        units, cents = divmod(abs(self.cents), 100)
        return f"{'-' if self.cents < 0 else ''}{units}.{cents:02} {self.currency}"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)
