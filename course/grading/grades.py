"""Grades: what the attempts of a student, and what people said to them, add up to. Every score names its run.

`grades(book, assignment)` is what exports are made of: one row a student of the roster or the gradebook, with points
that are final, or a CourseError that names what is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import defer, selectinload

from course.errors import CourseError
from course.grading import roster
from course.grading.assignment import Assignment
from course.grading.attempts import newest
from course.grading.gradebook import Gradebook
from course.grading.tables import Adjustment, Attempt, Request, Result, Student

State = Literal["graded", "not attempted", "not handed in", "too late", "set by hand", "open"]
SHOWN = 5  # sentences about what is open


@dataclass(frozen=True)
class Score:
    """One exercise of one student. `points`: after lateness and adjustments, None while it is open.

    `weight`: points for a whole solution; `fraction`: of the checks, 0 to 1; `kept`: what lateness left, 0 to 1;
    `attempt`: the number of the attempt that counts, from 1; `run`: the key of the run that judged it.
    """

    exercise: str
    weight: float
    state: State
    points: float | None
    fraction: float = 0.0
    late_days: int = 0
    kept: float = 1.0
    adjusted: float = 0.0
    attempt: int | None = None
    source: str = ""
    run: str = ""
    version: str = ""
    result: int | None = None
    why: str = ""


@dataclass(frozen=True)
class Grade:
    """One student's row. `points`: None while something is open; `most`: the sum of the weights."""

    student: roster.Student
    scores: tuple[Score, ...]
    points: float | None
    most: float
    adjusted: float = 0.0
    attempts: int = 0
    open: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def score(self, exercise: str) -> Score:
        """Return the score of one exercise."""
        return next(score for score in self.scores if score.exercise == exercise)


def grades(book: Gradebook, assignment: Assignment, hold: bool = True) -> list[Grade]:
    """Return the grade of every student, by id.

    Raise CourseError where a check that could not be made, or a file that nobody could place, leaves a score open;
    with `hold=False` return such rows with `points` None.
    """
    with book.database.session(reading=True) as session:
        light = selectinload(Attempt.results).options(defer(Result.data))
        attempts = session.scalars(select(Attempt).where(Attempt.assignment == assignment.id).options(light)).all()
        said = session.scalars(select(Adjustment).where(Adjustment.assignment == assignment.id)).all()
        asked = session.scalars(select(Request).where(Request.assignment == assignment.id)).all()
        rows = session.scalars(select(Student)).all()
    people = {row.key: roster.Student(row.key, row.name, row.email) for row in rows}
    concerned = {a.student.key for a in attempts} | {x.student.key for x in said} | {x.student.key for x in asked}
    people = {key: student for key, student in people.items() if key in concerned}
    people |= {student.id: student for student in assignment.students.students}
    made = [
        _grade(
            assignment,
            people[key],
            sorted((a for a in attempts if a.student.key == key), key=lambda a: (a.handed_in, a.id)),
            sorted((x for x in said if x.student.key == key), key=lambda x: x.id),
            [x for x in asked if x.student.key == key and not x.answered],
        )
        for key in sorted(people)
    ]
    if hold and (sentences := [sentence for grade in made for sentence in grade.open]):
        more = f"\n… and {len(sentences) - SHOWN} more." if len(sentences) > SHOWN else ""
        raise CourseError("The grades are held back:\n" + "\n".join(sentences[:SHOWN]) + more)
    return made


def _grade(
    assignment: Assignment,
    student: roster.Student,
    attempts: Sequence[Attempt],
    said: Sequence[Adjustment],
    asked: Sequence[Request],
) -> Grade:
    weights = assignment.weights()
    scores = tuple(
        _score(assignment, student.id, name, weight, attempts, [x for x in said if x.exercise == name])
        for name, weight in weights.items()
    )
    fixed, added = _by_hand([x for x in said if x.exercise is None])
    sentences = [f"{student.id}, {score.exercise}: {score.why}" for score in scores if score.state == "open"]
    sentences += [] if fixed is not None else list(_unplaced(student.id, attempts))
    if fixed is not None:
        sentences = []
    total = fixed if fixed is not None else sum(score.points or 0.0 for score in scores)
    notes = [f"{a.source} was refused: {a.sentence}" for a in attempts if a.state == "refused"]
    notes += [f"Request {x.id} on {x.exercise} is open: {x.text}" for x in asked]
    return Grade(
        student, scores, None if sentences else max(0.0, round(total + added, 6)), sum(weights.values()), added,
        len(attempts), tuple(sentences), tuple(notes),
    )  # fmt: skip


def _score(
    assignment: Assignment,
    student: str,
    exercise: str,
    weight: float,
    attempts: Sequence[Attempt],
    said: Sequence[Adjustment],
) -> Score:
    """Return the score of one exercise: the attempt that counts, less lateness, and what people said."""
    fixed, added = _by_hand(said)
    score = _judged(assignment, student, exercise, weight, attempts)
    if fixed is not None:
        score = replace(score, state="set by hand", points=fixed, why="")
    if score.points is None:
        return replace(score, adjusted=added)
    return replace(score, points=max(0.0, round(score.points + added, 6)), adjusted=added)


def _by_hand(said: Sequence[Adjustment]) -> tuple[float | None, float]:
    """Return what a score was last set to, if it was, and the sum of what was added since."""
    fixed, added = None, 0.0
    for each in said:
        fixed, added = (each.points, 0.0) if each.kind == "set" else (fixed, added + each.points)
    return fixed, added


def _judged(assignment: Assignment, student: str, exercise: str, weight: float, attempts: Sequence[Attempt]) -> Score:
    found: list[tuple[float, Score]] = []
    states: list[State] = []
    for number, attempt in enumerate(attempts, 1):
        result = newest(attempt).get(exercise)
        if result is None or attempt.state == "dismissed":
            continue
        days, kept = assignment.lateness(student, attempt.handed_in)
        states.append("not attempted" if not result.attempted else "too late" if not kept else "graded")
        if states[-1] != "graded":
            continue
        score = Score(
            exercise, weight, "graded", weight * result.fraction * kept, result.fraction, days, kept, 0.0, number,
            attempt.source, result.run.key, result.version, result.id,
        )  # fmt: skip
        if not result.settled:
            why = f"a check could not be made in {attempt.source}; grade it again, or set the points by hand."
            score = replace(score, state="open", points=None, why=why)
        found.append((kept if score.points is None else result.fraction * kept, score))
    if not found:
        return Score(
            exercise, weight, "too late" if "too late" in states else states[-1] if states else "not handed in", 0.0
        )
    if assignment.attempts == "last":
        return found[-1][1]
    return max(found, key=lambda each: (each[0], each[1].points is not None))[1]


def _unplaced(student: str, attempts: Sequence[Attempt]) -> list[str]:
    """Return a sentence for each file that is in doubt as a whole: nobody knows what it might have scored."""
    return [
        f"{student}: {a.source} is in doubt: {a.sentence} Grade it again, `course gradebook dismiss` it, or set the points."
        for a in attempts
        if a.state == "in doubt" and all(r.settled for r in newest(a).values())
    ]
