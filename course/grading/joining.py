"""Merge two gradebooks, such as those of two graders: what both know stays once, what they disagree on is a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload, undefer

from course.errors import CourseError
from course.grading.attempts import newest
from course.grading.gradebook import Gradebook
from course.grading.tables import Adjustment, Attempt, Base, Request, Result, Run, Student

Row = TypeVar("Row", bound=Base)


@dataclass
class Merge:
    """One merge into `session`: the conflicts found, and how many rows of each table were added."""

    session: Session
    conflicts: list[str] = field(default_factory=list)
    added: dict[str, int] = field(default_factory=dict)

    def add(self, row: Row, **changed: Any) -> Row:
        """Add a copy of a row of the other gradebook."""
        names = [c.key for c in type(row).__table__.columns if c.key != "id"]
        copy = type(row)(**{name: getattr(row, name) for name in names} | changed)
        self.session.add(copy)
        self.session.flush()
        self.added[row.__tablename__] = self.added.get(row.__tablename__, 0) + 1
        return copy


def merge(book: Gradebook, other: Gradebook) -> dict[str, int]:
    """Add to `book` what only `other` has; return the number of rows added by table, nothing the second time.

    Raise CourseError with a sentence for each thing that the two disagree on; nothing is changed then.
    """
    if book.database.place == other.database.place:
        raise CourseError(f"{book.database.name} cannot be merged with itself; name another gradebook.")
    with other.database.session(reading=True) as theirs, book.database.session() as ours:
        work = Merge(ours)
        everything = selectinload(Attempt.results)
        students = {row.id: _student(work, row) for row in theirs.scalars(select(Student).order_by(Student.id))}
        for attempt in theirs.scalars(
            select(Attempt).options(everything, undefer(Attempt.program)).order_by(Attempt.id)
        ):
            _attempt(work, attempt, students[attempt.student_id])
        said = {row.key: row for row in theirs.scalars(select(Adjustment).order_by(Adjustment.id))}
        for adjustment in said.values():
            _adjustment(work, adjustment, students[adjustment.student_id], said)
        for asked in theirs.scalars(select(Request).order_by(Request.id)):
            _request(work, asked, students[asked.student_id])
        if work.conflicts:
            raise CourseError("The gradebooks disagree, and nothing was merged:\n" + "\n".join(work.conflicts))
        return work.added


def _student(work: Merge, row: Student) -> Student:
    ours = work.session.scalar(select(Student).where(Student.key == row.key))
    if ours is None:
        return work.add(row)
    for what in ("name", "email"):
        mine, yours = getattr(ours, what), getattr(row, what)
        if mine and yours and mine != yours:
            work.conflicts.append(
                f"The {what} of {row.key} is {mine!r} here and {yours!r} there; make the rosters say the same, and "
                "record again."
            )
        setattr(ours, what, mine or yours)
    return ours


def _attempt(work: Merge, row: Attempt, student: Student) -> None:
    same = (Attempt.student_id == student.id, Attempt.assignment == row.assignment, Attempt.content == row.content)
    ours = work.session.scalar(
        select(Attempt).where(*same, Attempt.handed_in == row.handed_in).options(selectinload(Attempt.results))
    )
    if ours is None:
        ours = work.add(row, student_id=student.id)
    elif row.state == "dismissed" or (ours.state == "in doubt" and row.state == "graded"):
        ours.state, ours.sentence, ours.notes = row.state, row.sentence, row.notes
    for exercise, result in newest(row).items():
        history = [r for r in row.results if r.exercise == exercise]
        mine = sorted((r for r in ours.results if r.exercise == exercise), key=lambda r: r.id)
        who = f"{exercise} of {student.key} in {row.source}"
        if mine and mine[-1].settled and result.settled:
            work.conflicts += list(_disagreement(who, mine, history))
        for each in _newer(mine, history):
            work.add(each, attempt_id=ours.id, run_id=_run(work, each.run).id)


def _judged(result: Result) -> tuple[Any, ...]:
    """Return what a result was made with: results made with the same have to be the same."""
    return result.version, result.run.seed, tuple(result.run.only)


def _said(result: Result) -> tuple[Any, ...]:
    return result.attempted, result.fraction, [[c["name"], c["verdict"]] for c in result.data["checks"]]


def _disagreement(who: str, mine: list[Result], theirs: list[Result]) -> Iterator[str]:
    last, other = mine[-1], theirs[-1]
    if _judged(last) == _judged(other):
        if _said(last) != _said(other):
            yield (
                f"{who} has {last.fraction:.0%} here and {other.fraction:.0%} there, by the same checks and seed; "
                "`course gradebook replay` both, and look at the check that is not the same twice."
            )
    elif _judged(last) not in map(_judged, theirs) and _judged(other) not in map(_judged, mine):
        yield (
            f"{who} was judged by checks {last.version[:8]} here and {other.version[:8]} there, and neither knows the "
            "other's; `course gradebook regrade` one of the two."
        )


def _newer(mine: list[Result], theirs: list[Result]) -> list[Result]:
    """Return which of their results are newer than ours: those after the last that we have too."""
    if not mine:
        return theirs
    if not mine[-1].settled and theirs[-1].settled:
        return theirs[-1:] if theirs[-1].run.key not in {r.run.key for r in mine} else []
    known = {_judged(r) for r in mine if r.settled}
    places = [n for n, r in enumerate(theirs) if _judged(r) == _judged(mine[-1])]
    return [r for r in theirs[places[-1] + 1 :] if _judged(r) not in known and r.settled] if places else []


def _run(work: Merge, run: Run) -> Run:
    return work.session.scalar(select(Run).where(Run.key == run.key)) or work.add(run)


def _adjustment(work: Merge, row: Adjustment, student: Student, theirs: dict[str, Adjustment]) -> None:
    """Add what the other gradebook says to a score; a score that both set on their own has to be the same."""
    query = select(Adjustment).where(Adjustment.student_id == student.id, Adjustment.assignment == row.assignment)
    query = query.where(Adjustment.exercise.is_not_distinct_from(row.exercise))
    ours = work.session.scalars(query.order_by(Adjustment.id)).all()
    if row.key in {each.key for each in ours}:
        return
    mine = next((each for each in reversed(ours) if each.kind == "set"), None)
    if row.kind == "set" and mine and mine.key not in theirs:
        later = [
            each
            for each in theirs.values()
            if each.kind == "set" and each.id > row.id and _target(each) == _target(row)
        ]
        if not later and mine.points != row.points:
            what = row.exercise or f"the whole of {row.assignment}"
            work.conflicts.append(
                f"{what} of {student.key} was set to {mine.points:g} by {mine.who} here and to {row.points:g} by "
                f"{row.who} there; agree, and set it to the same in both."
            )
    else:
        work.add(row, student_id=student.id)


def _target(row: Adjustment) -> tuple[int, str, str | None]:
    return row.student_id, row.assignment, row.exercise


def _request(work: Merge, row: Request, student: Student) -> None:
    ours = work.session.scalar(select(Request).where(Request.key == row.key))
    if ours is None:
        work.add(row, student_id=student.id)
    elif row.answered and not ours.answered:
        ours.answer, ours.who, ours.answered = row.answer, row.who, row.answered
    elif row.answered and (row.answer, row.who) != (ours.answer, ours.who):
        work.conflicts.append(
            f"The request of {student.key} on {row.exercise} was answered by {ours.who} here and by {row.who} there; "
            "agree on one answer."
        )
