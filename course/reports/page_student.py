"""What a student's page says: each exercise, what failed there and why, hints, remarks."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from course import index, notebook
from course.errors import CourseError
from course.grading.standing import Standing, Weights
from course.index import Course
from course.judging import bank
from course.judging.render import headline, rows
from course.judging.result import ENDED, Check, ExerciseResult, Report

HINT = re.compile(r"<details>\s*<summary>(.*?)</summary>(.*?)</details>", re.S)
LEVELS = {1: "first steps", 2: "needs a thought", 3: "demanding"}


@dataclass(frozen=True)
class Told:
    """A check as a page shows it: what is known of it by name, and why it matters."""

    check: Check
    facts: tuple[tuple[str, str], ...]
    why: str
    ending: str


@dataclass(frozen=True)
class Section:
    """One exercise on a page."""

    id: str
    title: str
    kind: str
    level: str
    worth: float
    got: float
    state: str  # solved, partly, failed, open
    headline: str
    failed: tuple[Told, ...]
    passed: tuple[Check, ...]
    hints: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    source: str


def context(report: Report, course: Course, standing: Standing, weights: Weights) -> dict[str, Any]:
    """Return what the template of a student's page shows."""
    checks = [c for s in report.submissions for r in s.exercises for c in r.checks]
    public_only = not any(check.visibility == "withheld" for check in checks)
    sections = [
        _section(course, name, standing.results[name], weights[name], standing.sources[name], public_only)
        for name in weights
        if name in standing.results
    ]
    missing = [course.find(name)[2].title for name in weights if name not in standing.results]
    return {
        "course": report.course or course.title,
        "title": f"Results of {standing.student}",
        "standing": standing,
        "sections": sections,
        "missing": missing,
        "got": standing.points(weights),
        "best": sum(weights.values()),
        "public_only": public_only,
        "remarks": [(s.source, note) for s in standing.submissions for note in s.notes],
    }


def _section(
    course: Course, name: str, result: ExerciseResult, worth: float, source: str, public_only: bool
) -> Section:
    exercise = course.find(name)[2]
    failed = tuple(told(check) for check in result.checks if not check.passed) if result.attempted else ()
    passed = tuple(check for check in result.checks if check.passed) if result.attempted else ()
    if not result.attempted or not result.settled:
        state = "open"
    else:
        state = "solved" if result.passed else "partly" if passed else "failed"
    return Section(
        name, exercise.title, exercise.kind, LEVELS[exercise.level], worth, worth * result.fraction, state,
        headline(result, public_only), failed, passed, hints(name) if state != "solved" else (), result.notes, source,
    )  # fmt: skip


def told(check: Check) -> Told:
    """Return what a page shows of a check that did not pass; of a withheld one nothing that its author wrote but its name.

    Its call, what came back, what was expected, and the student's own line are data; its message and source are not shown.
    """
    hidden = {"why", "printed"} if check.visibility == "withheld" else {"why"}
    facts = tuple((name, text) for name, text in rows(check) if name not in hidden)
    ending = f"Your code {ENDED[check.verdict]}." if check.verdict in ENDED else ""
    if check.verdict == "UNCHECKED":
        ending = "It could not be made, which is no fault of yours."
    return Told(check, facts, check.why if check.visibility == "public" else "", ending)


def hints(exercise_id: str) -> tuple[tuple[str, str], ...]:
    """Return title and text of an exercise's hints; none where its notebook is not there."""
    path = bank.paths(index.root(), exercise_id)[0]
    try:
        return _hints(path, path.stat().st_mtime_ns).get(exercise_id.partition(".")[2], ())
    except (OSError, CourseError):
        return ()


@functools.lru_cache(maxsize=256)
def _hints(path: Path, _changed: int) -> dict[str, tuple[tuple[str, str], ...]]:
    cells = {cell["id"]: cell["source"] for cell in notebook.read(path)["cells"]}
    found = {name.removesuffix("-hints"): text for name, text in cells.items() if name.endswith("-hints")}
    return {slug: tuple(_details(text)) for slug, text in found.items()}


def _details(text: str) -> Iterator[tuple[str, str]]:
    """Yield summary and body of each `<details>`; the body's Markdown is rendered without HTML or links to fetch."""
    renderer = MarkdownIt("commonmark", {"html": False}).disable("image")
    for summary, body in HINT.findall(text):
        yield summary.strip(), renderer.render(body.strip())
