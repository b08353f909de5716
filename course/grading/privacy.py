"""What leaves the gradebook without names, and what leaves it for good."""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import delete, select
from sqlalchemy.orm import selectinload

from course.errors import CourseError
from course.grading.assignment import Assignment
from course.grading.attempts import newest
from course.grading.grade import write_json
from course.grading.gradebook import Gradebook
from course.grading.grades import grades
from course.grading.tables import Adjustment, Attempt, Request, Result, Run, Student

COLUMNS = (
    "student", "exercise", "attempt", "days_late", "attempted", "verdict", "fraction", "points", "checks", "version",
)  # fmt: skip


def pseudonym(secret: str, student: str) -> str:
    """Return a student's name in anonymised data: the same for the same secret, of no use without it."""
    return "s-" + hmac.new(secret.encode(), f"pseudonym/{student}".encode(), hashlib.sha256).hexdigest()[:12]


def anonymised(book: Gradebook, assignment: Assignment, secret: str | None = None) -> str:
    """Return CSV with a row for each exercise of each attempt: pseudonyms, verdicts by check, points on what counts.

    No name, file name, text or program of a student is in it, nor the moment anything was handed in. `secret`: keep one
    for several assignments to follow a student over them; without it the assignment's seed is used.
    """
    counted = {g.student.id: {s.exercise: s for s in g.scores} for g in grades(book, assignment, hold=False)}
    rows = []
    with book.database.session(reading=True) as session:
        query = select(Attempt).where(Attempt.assignment == assignment.id).options(selectinload(Attempt.results))
        attempts = sorted(session.scalars(query), key=lambda a: (a.student.key, a.handed_in, a.id))
    number = 0
    for before, attempt in zip([None, *attempts], attempts, strict=False):
        number = number + 1 if before and before.student_id == attempt.student_id else 1
        key = attempt.student.key
        for exercise, r in sorted(newest(attempt).items()):
            score = counted[key].get(exercise)
            points = score.points if score and score.attempt == number and score.points is not None else ""
            checks = json.dumps({c["name"]: c["verdict"] for c in r.data["checks"]})
            days = assignment.lateness(key, attempt.handed_in)[0]
            name = pseudonym(secret or assignment.secret, key)
            judged = (int(r.attempted), r.verdict if r.attempted else "", r.fraction)
            rows.append((name, exercise, number, days, *judged, points, checks, r.version[:12]))
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *sorted(rows)])
    return text.getvalue()


def forget(book: Gradebook, student: str, folders: list[Path] | None = None) -> dict[str, int]:
    """Delete everything about a student; return what went, by kind.

    Rows of every assignment, and in the folders of the recorded runs (and `folders`) the cached results and the entries
    in results.json. Raise CourseError for an unknown student.
    """
    with book.database.session() as session:
        row = session.scalar(select(Student).where(Student.key == student))
        if row is None:
            raise CourseError(f"The gradebook knows no student {student!r}; `course gradebook show` lists them.")
        attempts = select(Attempt.id).where(Attempt.student_id == row.id)
        called = select(Attempt.called).where(Attempt.student_id == row.id)
        names = {student, *session.scalars(called)}
        places = {Path(folder) for folder in session.scalars(select(Run.folder)) if folder} | set(folders or [])
        gone = {
            table.__tablename__: session.execute(delete(table).where(where)).rowcount  # type: ignore[attr-defined]
            for table, where in (
                (Result, Result.attempt_id.in_(attempts)),
                (Attempt, Attempt.student_id == row.id),
                (Adjustment, Adjustment.student_id == row.id),
                (Request, Request.student_id == row.id),
                (Student, Student.id == row.id),
            )
        }
        session.execute(delete(Run).where(~sa.exists().where(Result.run_id == Run.id)))
        for kind, number in _files(places, names):
            gone[kind] = gone.get(kind, 0) + number
    book.database.compact()
    return gone


def _files(folders: set[Path], names: set[str]) -> Iterator[tuple[str, int]]:
    """Remove a student from the files that runs left; yield what kind went, and how many."""
    for folder in sorted(folders):
        for path in sorted((folder / "cache").glob("*.json")):
            told = _json(path)
            if isinstance(told, dict) and told.get("student") in names:
                path.unlink()
                yield "cached results", 1
        report = _json(folder / "results.json")
        if isinstance(report, dict) and isinstance(report.get("submissions"), list):
            kept = [each for each in report["submissions"] if each["student"] not in names]
            if len(kept) < len(report["submissions"]):
                yield "entries in results.json", len(report["submissions"]) - len(kept)
                write_json({**report, "submissions": kept}, folder / "results.json")


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
