"""The gradebook: what was handed in, what was found about it, what people said to it. Every call is done or not done."""

from __future__ import annotations

import json
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from course.errors import CourseError
from course.grading import attempts
from course.grading.assignment import Assignment
from course.grading.attempts import HandIn, Judging, attempts_of, holds, newest, student_row
from course.grading.database import WAIT, Database
from course.grading.tables import Adjustment, Attempt, Request, Result, Student, now
from course.index import unknown
from course.judging.result import ExerciseResult, SubmissionResult, exercise_from_json


class Gradebook:
    """A gradebook in a file or at a URL; see course.database. Close it, or use it in `with`."""

    def __init__(self, where: str, wait: float = WAIT) -> None:
        self.database = Database(where, wait)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.database.close()

    def prepare(self) -> None:
        """Make the gradebook where there is none, so that what is wrong with it is said before anything is judged."""
        with self.database.session():
            pass

    def record(self, handed: HandIn, result: SubmissionResult, judging: Judging) -> None:
        """Keep the result of one file; a result that is there already, or that has nothing new to say, changes nothing."""
        for last in (False, True):
            try:
                with self.database.session() as session:
                    attempts.record(session, handed, result, judging)
                return
            except IntegrityError:  # two graders at once: the other one's rows are there now
                if last:
                    raise

    def known(self, handed: HandIn, judging: Judging) -> tuple[ExerciseResult, ...]:
        """Return the results of the same bytes, by the same checks and seed, that could be made."""
        with self.database.session(reading=True) as session:
            query = (
                select(Attempt)
                .join(Student)
                .where(
                    Student.key == handed.student.id,
                    Attempt.assignment == judging.assignment,
                    Attempt.content == handed.content,
                )
            )
            found: dict[str, Result] = {}
            for attempt in session.scalars(query.options(selectinload(Attempt.results))):
                found |= {r.exercise: r for r in newest(attempt).values() if holds(r, judging)}
            return tuple(exercise_from_json(r.data) for r in found.values())

    def adjust(
        self, assignment: Assignment, student: str, points: float, reason: str, who: str, exercise: str | None = None,
        kind: str = "add",
    ) -> None:  # fmt: skip
        """Add points (or less than none) to a student's score, or set it: of one exercise, or of the whole assignment.

        Setting settles what could not be checked. The reason and who gave it are kept with it.
        """
        _said(reason=reason, who=who)
        if exercise is not None and exercise not in assignment.ids:
            raise CourseError(unknown("exercise of this assignment", exercise, list(assignment.ids)))
        with self.database.session() as session:
            row = student_row(session, student, assignment.students)
            session.add(
                Adjustment(
                    student_id=row.id, assignment=assignment.id, exercise=exercise, kind=kind, points=points,
                    reason=reason, who=who,
                )
            )  # fmt: skip

    def dismiss(self, assignment: Assignment, student: str, source: str, reason: str, who: str) -> None:
        """Leave out a file that was handed in and is none of the assignment's."""
        _said(reason=reason, who=who)
        with self.database.session() as session:
            row = student_row(session, student, assignment.students)
            files = attempts_of(session, assignment.id, row.id)
            found = [a for a in files if a.source == source]
            if not found:
                raise CourseError(unknown(f"file of {student}", source, [a.source for a in files]))
            for attempt in found:
                attempt.state, attempt.sentence = "dismissed", f"{reason} ({who})"

    def ask(self, assignment: Assignment, student: str, exercise: str, text: str) -> int:
        """Open a request to look at a score again; return its number."""
        _said(text=text)
        if exercise not in assignment.ids:
            raise CourseError(unknown("exercise of this assignment", exercise, list(assignment.ids)))
        with self.database.session() as session:
            row = student_row(session, student, assignment.students)
            made = Request(student_id=row.id, assignment=assignment.id, exercise=exercise, text=text)
            session.add(made)
            session.flush()
            return made.id

    def answer(self, number: int, text: str, who: str) -> None:
        """Answer a request; an answer is given once."""
        _said(text=text, who=who)
        with self.database.session() as session:
            found = session.get(Request, number)
            if found is None or found.answered:
                what = "was answered already" if found else "does not exist"
                raise CourseError(f"The request {number} {what}; `course gradebook show` lists those that are open.")
            found.answer, found.who, found.answered = text, who, now()

    def requests(self, assignment: Assignment, answered: bool = False) -> list[Request]:
        """Return the open requests of an assignment, the oldest first; with `answered=True` all."""
        with self.database.session(reading=True) as session:
            query = select(Request).where(Request.assignment == assignment.id).order_by(Request.id)
            return [r for r in session.scalars(query) if answered or not r.answered]


def _said(**texts: str) -> None:
    for name, text in texts.items():
        if not text.strip():
            raise CourseError(f"--{name} is empty; write it down, somebody will ask.")


def dump(book: Gradebook) -> dict[str, Any]:
    """Return what a gradebook says, without numbers, runs and times of recording: equal books have equal dumps."""
    with book.database.session(reading=True) as session:
        rows = {
            "students": [[s.key, s.name, s.email] for s in session.scalars(select(Student))],
            "attempts": [_told(a) for a in session.scalars(select(Attempt).options(selectinload(Attempt.results)))],
            "adjustments": [
                [x.student.key, x.assignment, x.exercise, x.kind, x.points, x.reason, x.who]
                for x in session.scalars(select(Adjustment))
            ],
            "requests": [
                [x.student.key, x.assignment, x.exercise, x.text, x.answer, x.who]
                for x in session.scalars(select(Request))
            ],
        }
        count = session.scalar(select(sa.func.count()).select_from(Result))
    return {**{name: sorted(each, key=json.dumps) for name, each in rows.items()}, "results": count}


def _told(attempt: Attempt) -> list[Any]:
    results = {
        name: [r.version, r.run.seed, r.verdict, r.fraction, [[c["name"], c["verdict"]] for c in r.data["checks"]]]
        for name, r in sorted(newest(attempt).items())
    }
    moment = attempt.handed_in.isoformat()
    place = [attempt.student.key, attempt.assignment, attempt.content, moment, attempt.source]
    return [*place, attempt.state, attempt.sentence, attempt.notes, results]
