"""What the class page says: scores, exercises, checks, recognised mistakes, time, similar submissions, who is who."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from course.grading.standing import Standing, Weights
from course.index import Course
from course.judging.result import Report
from course.reports import charts, misconceptions
from course.reports.itemstats import FLAT, LEAST, Item, Spread, Unit, items, spread, units
from course.reports.misconceptions import Known, Seen
from course.reports.similar import Pair

OUTLIERS = 5  # checks that get a number in the picture


@dataclass(frozen=True)
class Entry:
    """One student in the table at the end."""

    name: str
    page: str
    got: float | None
    share: float
    told: str


def context(
    report: Report,
    course: Course,
    standings: Sequence[Standing],
    weights: Weights,
    pages: Mapping[str, str],
    wrong: Mapping[str, Sequence[Known]],
    pairs: Sequence[Pair] | None,
) -> dict[str, Any]:
    """Return what the template of the class page shows."""
    best = sum(weights.values())
    shares = [each.points(weights) / best for each in standings if each.scored and best]
    checks, rated = items(standings, weights), units(standings, weights)
    told = sorted(
        (item for item in checks if item.remark), key=lambda item: (item.discrimination or 0.0, -item.failed)
    )[:OUTLIERS]
    mistakes = _mistakes(standings, wrong)
    return {
        "course": report.course or course.title,
        "title": f"Results of {len(standings)} student{'s' * (len(standings) != 1)}",
        "report": report,
        "titles": {name: course.find(name)[2].title for name in weights},
        "best": best,
        "scores": spread(shares),
        "histogram": charts.histogram(shares, "points reached, per cent", "students"),
        "doubts": [(each, pages[each.student], s) for each in standings for s in each.doubts],
        "refused": [(each, pages[each.student], s) for each in standings for s in each.refused],
        "units": rated,
        "hardest": min(rated, key=lambda unit: unit.mean, default=None),
        "checks": {name: _failing(checks, name) for name in weights},
        "worth_a_look": told,
        "scatter": _scatter(checks, told),
        "least": LEAST,
        "flat": FLAT,
        "mistakes": [each for each in mistakes if len(each.students) > 1],
        "rare": [each for each in mistakes if len(each.students) == 1],
        "looked_for_mistakes": any(wrong.values()),
        "times": _times(rated),
        "pairs": pairs,
        "entries": [_entry(each, pages[each.student], weights, best) for each in standings],
    }


def _mistakes(standings: Sequence[Standing], wrong: Mapping[str, Sequence[Known]]) -> list[Seen]:
    results = [(each.student, result) for each in standings for result in each.results.values()]
    return misconceptions.common(results, {name: tuple(known) for name, known in wrong.items()})


def _failing(checks: Sequence[Item], exercise: str) -> list[tuple[Item, Markup]]:
    """Return an exercise's checks with a bar each, the one that most fail first."""
    mine = sorted((item for item in checks if item.exercise == exercise), key=lambda item: -item.failing)
    return [
        (item, charts.meter(item.failing, f"{item.failed} of {item.tried} fail", "bad")) for item in mine if item.tried
    ]


def _scatter(checks: Sequence[Item], told: Sequence[Item]) -> Markup | None:
    points = [
        (1 - item.failing, item.discrimination, item.description, item in told)
        for item in [*(i for i in checks if i not in told), *told]
        if item.discrimination is not None
    ]
    return charts.scatter(points, "share that passes, per cent", "discrimination") if points else None


def _times(rated: Sequence[Unit]) -> list[tuple[Unit, Spread, Markup]]:
    """Return the exercises with the seconds that their checks take, the longest first."""
    timed = [(unit, unit.seconds) for unit in rated if unit.seconds]
    most = max((seconds.most for _, seconds in timed), default=0.0) or 1.0
    timed.sort(key=lambda pair: -pair[1].most)
    return [
        (unit, seconds, charts.meter(seconds.most / most, f"at most {seconds.most:.2f} seconds"))
        for unit, seconds in timed
    ]


def _entry(standing: Standing, page: str, weights: Weights, best: float) -> Entry:
    got = standing.points(weights) if standing.scored else None
    tried = sum(result.attempted for result in standing.results.values())
    solved = sum(result.attempted and result.passed for result in standing.results.values())
    if standing.doubts:
        told = "in doubt"
    elif not standing.results:
        told = "refused"
    else:
        told = f"{solved} solved, {tried} tried of {len(weights)}"
    return Entry(standing.student, page, got, (got or 0.0) / best if best else 0.0, told)
