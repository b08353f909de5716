"""Discount rules, and what a price becomes under them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Nothing:
    """The price stays."""


@dataclass(frozen=True)
class Minus:
    """So many cents off (0 or more); no price falls below 0."""

    cents: int


@dataclass(frozen=True)
class Percent:
    """So many per cent off (0 to 100); the discount is rounded down to the cent."""

    off: int


@dataclass(frozen=True)
class Then:
    """One rule, then the other on the price that is left."""

    first: "Rule"
    second: "Rule"


@dataclass(frozen=True)
class Best:
    """Whichever of these rules (one or more) gives the lowest price."""

    rules: "tuple[Rule, ...]"


@dataclass(frozen=True)
class AtMost:
    """A rule whose discount is cut at so many cents (0 or more)."""

    rule: "Rule"
    cents: int


Rule = Nothing | Minus | Percent | Then | Best | AtMost


def price(rule: Rule, cents: int) -> int:
    """Return what a price of `cents` becomes under the rule, in cents."""
    match rule:
        case Nothing():
            return cents
        case Minus(off):
            return max(0, cents - off)
        case Percent(off):
            return cents - cents * off // 100
        case Then(first, second):
            return price(second, price(first, cents))
        case Best(rules):
            return min(price(option, cents) for option in rules)
        case AtMost(inner, most):
            return max(price(inner, cents), cents - most)
