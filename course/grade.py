"""Grade what was handed in: `course grade`."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from course import bank, index
from course.client import Judge
from course.errors import CourseError
from course.index import Course
from course.program import FILE_HEADER, Cell, header
from course.result import ExerciseResult, Report, SubmissionResult, safe, to_json
from course.submissions import Found, cells, discover


def expected(course: Course, program: list[Cell], name: str) -> tuple[list[str], list[str]]:
    """Return the exercises a notebook is graded on, and remarks.

    They are all exercises of every topic that one of its answer cells belongs to; without any, of the topic that its
    file name tells.
    """
    ids = [header(c.source)[1] for c in program if header(c.source)[0] == "exercise"]
    ids += [match[1] for c in program if (match := FILE_HEADER.match(c.source))]
    topics: dict[str, list[str]] = {}
    for chapter, topic, exercise in course.exercises():
        topics.setdefault(f"{chapter.slug}/{topic.stem}", []).append(exercise.id)
    known = {i for group in topics.values() for i in group}
    notes = [f"It answers {i!r}, which is no exercise of this course." for i in dict.fromkeys(ids) if i not in known]
    wanted = [group for group in topics.values() if set(ids) & set(group)]
    if not wanted:
        plain = name.lower().replace("_", "-").replace(" ", "-")
        wanted = [group for key, group in topics.items() if key.partition("/")[2][3:] in plain]
    return [i for group in wanted for i in group], notes


def grade_one(
    judge: Judge, course: Course, root: Path, found: Found, only: tuple[str, ...], seed: str
) -> SubmissionResult:
    """Grade one file; whatever is wrong with it is a sentence in its result."""
    student, source = safe(found.student, 120), safe(found.source, 300)
    if found.refused:
        return SubmissionResult(student, source, "refused", safe(found.refused))
    try:
        program = cells(found.raw, Path(found.source).name)
    except CourseError as error:
        return SubmissionResult(student, source, "refused", safe(error))
    ids, notes = expected(course, program, found.source)
    if not ids:
        why = "No cell in it opens with `# exercise: …`, and its name tells no topic; look at it, or rename it name_topic.ipynb."
        return SubmissionResult(student, source, "in doubt", why, (), tuple(map(safe, notes)))
    results = judge.judge(program, [bank.task(root, i) for i in ids], seed, only)
    if not all(r.settled or not r.attempted for r in results):
        why = "Some checks could not be made, for no fault of the submission; grade it again, or look at the notes."
        return SubmissionResult(student, source, "in doubt", why, tuple(results), tuple(map(safe, notes)))
    return SubmissionResult(student, source, "graded", "", tuple(results), tuple(map(safe, notes)))


def grade_all(
    path: Path,
    provider: str,
    only: tuple[str, ...] = (),
    seed: str = "0",
    seen: Callable[[SubmissionResult], None] = lambda _: None,
) -> Report:
    """Grade everything below a path, in order; `seen` is told of each result as it comes."""
    course, root = index.load(), index.root()
    stems = [topic.stem for _, topic in course.topics()]
    results = []
    with Judge(provider) as judge:
        for found in discover(path, stems):
            results.append(grade_one(judge, course, root, found, only, seed))
            seen(results[-1])
    if not results:
        raise CourseError(f"There is no notebook and no zip below {path}.")
    return Report(tuple(results), course.title, provider, seed)


def rows(report: Report, points: dict[str, int]) -> Iterator[tuple[str, str, str, str]]:
    """Yield student, file, what became of it, points: one row a submission."""
    for s in report.submissions:
        if s.state == "refused":
            yield s.student, s.source, f"refused: {s.sentence}", "–"
            continue
        told = [f"{r.id.partition('.')[2]} {_short(r)}" for r in s.exercises]
        got = sum(points[r.id] * r.fraction for r in s.exercises)
        best = sum(points[r.id] for r in s.exercises)
        doubt = [f"in doubt: {s.sentence}"] if s.state == "in doubt" else []
        yield s.student, s.source, "\n".join([*doubt, *told, *s.notes]), f"{got:.1f}/{best}" if not doubt else "?"


def _short(result: ExerciseResult) -> str:
    if not result.attempted:
        return "not attempted"
    passed = sum(c.passed for c in result.checks)
    ended = f", {result.ended.lower().replace('_', ' ')}" if result.ended else ""
    return f"{passed}/{len(result.checks)}{ended}"


def write_json(report: Report, path: Path) -> None:
    """Write a report as JSON in one step: a full disk leaves the old file as it was."""
    try:
        fd, new = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(fd, "w", encoding="utf-8") as file:
            json.dump(to_json(report), file, ensure_ascii=False, indent=1)
        Path(new).replace(path)
    except OSError as error:
        raise CourseError(
            f"The results cannot be written to {path}: {error.strerror}. Give another place with --out."
        ) from None


def grade_path(path: Path, out: Path | None, provider: str, public: bool) -> int:
    """Grade, print a table, write JSON; 0 when every submission could be graded or refused, else 1."""
    course = index.load()
    points = {exercise.id: exercise.points for _, _, exercise in course.exercises()}
    console = Console()
    only = ("public",) if public else ()
    report = grade_all(path, provider, only, seen=lambda s: console.print(f"[dim]{s.student}[/dim]", end=" "))
    console.print()
    table = Table("student", "file", "exercises", "points", title=f"{len(report.submissions)} submissions")
    for row in rows(report, points):
        table.add_row(*(cell.replace("[", r"\[") for cell in row))
    console.print(table)
    target = out or path.parent / f"{path.stem}.results.json"
    write_json(report, target)
    console.print(f"Results: {target}")
    return int(any(s.state == "in doubt" for s in report.submissions))


def schema() -> dict[str, object]:
    """Return the JSON schema of a report."""
    from pydantic import TypeAdapter

    made = TypeAdapter(Report).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "course grade report", **made}
