"""What the scores say about the checks and exercises themselves: how hard they are, whom they tell apart."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from course.grading.standing import Standing, Weights
from course.judging.result import Check

LEAST = 5  # students below whom a correlation says nothing
FLAT = 0.1  # a correlation under which a check does not tell strong from weak


@dataclass(frozen=True)
class Spread:
    """How numbers are spread: their count, mean, quartiles, least and most."""

    count: int
    mean: float
    low: float
    median: float
    high: float
    least: float
    most: float


@dataclass(frozen=True)
class Item:
    """One check over all who attempted its exercise.

    `discrimination` is the point-biserial correlation, -1 to 1, of passing it with the points that everything else
    gave; None where it cannot be told.
    """

    exercise: str
    name: str
    description: str
    visibility: str
    tried: int
    failed: int
    discrimination: float | None

    @property
    def case(self) -> str:
        """Which case of a parametrised check it is, or nothing."""
        return self.name.partition("[")[2].removesuffix("]")

    @property
    def failing(self) -> float:
        """The share that fails it, 0 to 1."""
        return self.failed / self.tried if self.tried else 0.0

    @property
    def remark(self) -> str:
        """What an author should look at, or nothing."""
        if self.tried >= LEAST and self.failed == self.tried:
            return "nobody passes it"
        if self.discrimination is None or not self.failed:
            return ""
        if self.discrimination < 0:
            return "those who pass it score lower elsewhere"
        return "it does not tell strong answers from weak ones" if self.discrimination < FLAT else ""


@dataclass(frozen=True)
class Unit:
    """One exercise over all students: who attempted it, who solved it, the share of its points, seconds of its checks."""

    exercise: str
    handed_in: int
    attempted: int
    solved: int
    mean: float
    discrimination: float | None
    seconds: Spread | None
    slowest: str


def spread(numbers: Sequence[float]) -> Spread | None:
    """Return how numbers are spread, or nothing for none."""
    if not numbers:
        return None
    low, median, high = statistics.quantiles(numbers, n=4, method="inclusive") if len(numbers) > 1 else [numbers[0]] * 3
    return Spread(len(numbers), statistics.fmean(numbers), low, median, high, min(numbers), max(numbers))


def correlation(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Return Pearson's correlation, which for passed or not is the point-biserial one; None where it says nothing."""
    if len(xs) < LEAST:
        return None
    try:
        return statistics.correlation(xs, ys)
    except statistics.StatisticsError:  # one of them is the same for everybody
        return None


def items(standings: Sequence[Standing], weights: Weights) -> list[Item]:
    """Return every check of the exercises, in their order; students without a score do not count."""
    scored = [each for each in standings if each.scored]
    seen: dict[tuple[str, str], list[tuple[Check, float]]] = {}
    for standing in scored:
        total = standing.points(weights)
        for exercise, check, worth in _checks(standing, weights):
            rest = total - (worth if check.passed else 0.0)
            seen.setdefault((exercise, check.name), []).append((check, rest))
    found = []
    for exercise in weights:
        for (owner, name), pairs in seen.items():
            if owner != exercise:
                continue
            first = pairs[0][0]
            told = correlation([float(check.passed) for check, _ in pairs], [rest for _, rest in pairs])
            failed = sum(not check.passed for check, _ in pairs)
            found.append(Item(exercise, name, first.description, first.visibility, len(pairs), failed, told))
    return found


def _checks(standing: Standing, weights: Weights) -> Iterator[tuple[str, Check, float]]:
    """Yield exercise, check and the points it is worth, of what was attempted."""
    for name, result in standing.results.items():
        total = sum(check.points for check in result.checks)
        for check in result.checks if result.attempted else ():
            yield name, check, weights[name] * check.points / total if total else 0.0


def units(standings: Sequence[Standing], weights: Weights) -> list[Unit]:
    """Return every exercise with how it went; students without a score do not count."""
    scored = [each for each in standings if each.scored]
    found = []
    for name, worth in weights.items():
        have = [each for each in scored if name in each.results]
        results = [each.results[name] for each in have]
        fractions = [result.fraction for result in results]
        rest = [each.points(weights) - worth * each.results[name].fraction for each in have]
        times = {e.student: sum(c.seconds for c in e.results[name].checks) for e in have if e.results[name].attempted}
        found.append(
            Unit(
                name,
                len(have),
                sum(result.attempted for result in results),
                sum(result.attempted and result.passed for result in results),
                statistics.fmean(fractions) if fractions else 0.0,
                correlation(fractions, rest),
                spread(list(times.values())),
                max(times, key=lambda student: times[student], default=""),
            )
        )
    return found
