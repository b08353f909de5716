"""Rows of the gradebook for what was handed in: which attempt a file is, which result of it counts."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from course.errors import CourseError
from course.grading import roster
from course.grading.tables import Attempt, Result, Run, Student, new_key
from course.index import unknown
from course.judging.program import Cell
from course.judging.result import ExerciseResult, SubmissionResult, to_json


@dataclass(frozen=True)
class HandIn:
    """One file of one student: the SHA-256 of its bytes, when it came, its code cells. `called`: the LMS's name."""

    student: roster.Student
    content: str
    at: datetime
    source: str
    called: str
    program: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Judging:
    """How a run judges: enough to trace a score to it. `versions`: of each exercise; `seed` is the short hash."""

    assignment: str
    version: str
    versions: Mapping[str, str]
    provider: str
    seed: str
    only: tuple[str, ...] = ()
    overlay: str = ""
    python: str = ""
    folder: str = ""
    key: str = field(default_factory=new_key)


def record(session: Session, handed: HandIn, result: SubmissionResult, judging: Judging) -> None:
    """Write what is new about a file: its attempt, the results that no earlier run gave."""
    row = upsert(session, handed.student)
    session.execute(select(Student.id).where(Student.id == row.id).with_for_update())  # one grader a student
    attempt = _same(attempts_of(session, judging.assignment, row.id), handed, {r.id for r in result.exercises})
    if attempt is None:
        attempt = Attempt(
            student_id=row.id, assignment=judging.assignment, content=handed.content, handed_in=handed.at, source=handed.source,
            called=handed.called, state=result.state, program=pack(handed.program),
        )  # fmt: skip
        session.add(attempt)
        session.flush()
    attempt.handed_in = min(attempt.handed_in, handed.at)
    if attempt.state != "dismissed":
        attempt.state, attempt.sentence, attempt.notes = result.state, result.sentence, list(result.notes)
    before = newest(attempt)
    for each in result.exercises:
        old = before.get(each.id)
        if each.id in judging.versions and not (old and (holds(old, judging) or old.run.key == judging.key)):
            session.add(made_of(each, attempt.id, _run(session, judging).id, judging.versions[each.id]))


def _same(attempts: Sequence[Attempt], handed: HandIn, exercises: set[str]) -> Attempt | None:
    """Return the attempt that a file is: the same bytes, unless others for the same exercises came between.

    A file's time may change when it is copied or fetched again; going back to an earlier version is an attempt.
    """
    same = [a for a in attempts if a.content == handed.content]
    exact = [a for a in same if a.handed_in == handed.at]
    if exact or not same:
        return exact[0] if exact else None
    between = [a for a in attempts if same[-1].handed_in < a.handed_in < handed.at and a.content != handed.content]
    return None if any(exercises & {r.exercise for r in a.results} for a in between) else same[-1]


def _run(session: Session, judging: Judging) -> Run:
    """Return the row of a run, made with its first result."""
    found = session.scalar(select(Run).where(Run.key == judging.key))
    if found is None:
        names = ("key", "assignment", "version", "provider", "seed", "overlay", "python", "folder")
        found = Run(only=list(judging.only), **{name: getattr(judging, name) for name in names})
        session.add(found)
        session.flush()
    return found


def made_of(result: ExerciseResult, attempt: int, run: int, version: str) -> Result:
    """Return the row of a result."""
    return Result(
        attempt_id=attempt, run_id=run, exercise=result.id, version=version, attempted=result.attempted,
        settled=result.settled or not result.attempted, verdict=result.verdict, fraction=result.fraction, data=to_json(result),
    )  # fmt: skip


def holds(result: Result, judging: Judging) -> bool:
    """Say whether a result is what judging would give again."""
    run = result.run
    same = (run.seed, tuple(run.only)) == (judging.seed, judging.only)
    return result.settled and same and result.version == judging.versions.get(result.exercise)


def newest(attempt: Attempt) -> dict[str, Result]:
    """Return the result that counts of each exercise: the one recorded last, whatever the clock said."""
    return {r.exercise: r for r in sorted(attempt.results, key=lambda r: r.id)}


def attempts_of(session: Session, assignment: str, student: int) -> list[Attempt]:
    """Return a student's attempts in the order they were handed in, with their results."""
    query = select(Attempt).where(Attempt.assignment == assignment, Attempt.student_id == student)
    found = session.scalars(query.options(selectinload(Attempt.results)))
    return sorted(found, key=lambda a: (a.handed_in, a.id))


def upsert(session: Session, student: roster.Student) -> Student:
    """Return a student's row, made or brought up to date."""
    row = session.scalar(select(Student).where(Student.key == student.id))
    if row is None:
        row = Student(key=student.id)
        session.add(row)
    row.name, row.email = student.name or row.name or "", student.email or row.email or ""
    session.flush()
    return row


def student_row(session: Session, key: str, people: roster.Roster) -> Student:
    """Return the row of a student that the gradebook or the roster knows; raise CourseError for a stranger."""
    row = session.scalar(select(Student).where(Student.key == key))
    if row:
        return row
    if listed := people.find(key):
        return upsert(session, listed)
    known = [*session.scalars(select(Student.key)), *(s.id for s in people.students)]
    raise CourseError(unknown("student", key, sorted(set(known))))


def pack(program: Sequence[Cell]) -> bytes:
    """Return a program's cells, small."""
    cells = [[cell.source, cell.name] for cell in program]
    return zlib.compress(json.dumps(cells).encode(), 6) if cells else b""


def unpack(program: bytes) -> list[Cell]:
    """Return the cells that `pack` packed."""
    return [Cell(*cell) for cell in json.loads(zlib.decompress(program))] if program else []
