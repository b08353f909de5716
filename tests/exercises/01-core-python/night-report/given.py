"""A line of the log, the report, and the settings of the house."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Line:
    event: str
    cents: int  # never negative; what was paid, or paid back
    refund: bool = False


@dataclass(frozen=True, kw_only=True)
class Report:
    lines: int
    total: int  # cents
    best: tuple[tuple[str, int], ...]


HOUSE = {"top": 3, "hide": ["TEST"]}
