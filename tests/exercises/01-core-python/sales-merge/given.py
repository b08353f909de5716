from dataclasses import dataclass


@dataclass(frozen=True)
class Sale:
    """A sale as a partner's feed reports it. `at` is in milliseconds since midnight, `cents` in integer cents."""

    at: int
    order: str
    cents: int
