"""Judge again what the gradebook holds: one score, to see whether it comes out the same, or all that is out of date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload, undefer

from course import index
from course.errors import CourseError
from course.grading import overlay
from course.grading.assignment import Assignment
from course.grading.attempts import HandIn, Judging, attempts_of, holds, newest, unpack
from course.grading.grade import Order, expected, grade_program
from course.grading.gradebook import Gradebook
from course.grading.roster import Student as Person
from course.grading.tables import Attempt, Result, Student
from course.judging import bank
from course.judging.client import Judge
from course.judging.program import Cell
from course.judging.result import ExerciseResult, SubmissionResult, exercise_from_json
from course.judging.versions import fingerprint


@dataclass(frozen=True)
class Replay:
    """What judging again gave. `differences`: a sentence each, none where it came out the same."""

    run: str
    recorded: ExerciseResult
    now: ExerciseResult
    changed: bool
    differences: tuple[str, ...]

    def sentence(self, student: str) -> str:
        """Return the outcome in words."""
        what = f"{self.recorded.id} of {student}, recorded with {self.recorded.fraction:.0%} in run {self.run[:12]}"
        since = " The checks or the judge have changed since that run." if self.changed else ""
        if self.differences:
            return f"{what}, is different now:{since}\n" + "\n".join(f"  {each}" for each in self.differences)
        return f"{what}, comes out the same.{since}"


def replay(
    book: Gradebook, assignment: Assignment, student: str, exercise: str, order: Order, attempt: int | None = None
) -> Replay:
    """Judge a recorded program again with the same seed; by default that of the newest attempt at the exercise.

    `attempt`: its number, from 1, in the order they were handed in. Raise CourseError where there is nothing to judge.
    """
    with book.database.session(reading=True) as session:
        found, result = _recorded(session, assignment, student, exercise, attempt)
        run, program = result.run, unpack(found.program)
        recorded, version = exercise_from_json(result.data), result.version
    if run.seed != assignment.seed_hash:
        raise CourseError(
            f"Run {run.key[:12]} used the seed {run.seed}…, and the assignment's is {assignment.seed_hash}…; give the "
            "assignment file of that run."
        )
    task = overlay.laid(bank.task(index.root(), exercise), order.overlay)
    with Judge(order.provider) as judge:
        [now] = judge.judge(program, [task], order.seed, run.only, skip_stubs=True)
    changed = version != fingerprint(exercise, order.overlay)
    return Replay(run.key, recorded, now, changed, tuple(_differences(recorded, now)))


def _recorded(
    session: Session, assignment: Assignment, student: str, exercise: str, number: int | None
) -> tuple[Attempt, Result]:
    row = session.scalar(select(Student).where(Student.key == student))
    attempts = attempts_of(session, assignment.id, row.id) if row else []
    chosen = attempts if number is None else attempts[number - 1 : number] if number > 0 else []
    found = [(a, newest(a)[exercise]) for a in chosen if exercise in newest(a)]
    found = [pair for pair in found if pair[1].attempted] or found
    if not found:
        which = f"attempt {number}" if number is not None else "an attempt"
        raise CourseError(
            f"There is no result of {student!r} for {exercise!r} in {which}; `course gradebook show` lists them."
        )
    if not found[-1][0].program:
        raise CourseError(f"{found[-1][0].source} could not be read when it was handed in; there is nothing to judge.")
    return found[-1]


def _differences(then: ExerciseResult, now: ExerciseResult) -> Iterator[str]:
    before, after = {c.name: c.verdict for c in then.checks}, {c.name: c.verdict for c in now.checks}
    for name in dict.fromkeys([*before, *after]):
        if before.get(name) != after.get(name):
            yield f"{name}: {before.get(name, 'not there')} then, {after.get(name, 'not there')} now"
    if then.attempted != now.attempted:
        yield f"attempted: {then.attempted} then, {now.attempted} now"
    elif abs(then.fraction - now.fraction) > 1e-9 and before == after:
        yield f"the checks weigh otherwise: {then.fraction:.1%} then, {now.fraction:.1%} now"


@dataclass(frozen=True)
class Stale:
    """A recorded file with exercises whose checks, seed or judge have changed, that are new, or could not be checked."""

    handed: HandIn
    exercises: tuple[str, ...]
    known: tuple[ExerciseResult, ...]


def stale(book: Gradebook, assignment: Assignment, judging: Judging) -> list[Stale]:
    """Return what has to be judged again, and of each file what need not."""
    with book.database.session(reading=True) as session:
        query = (
            select(Attempt)
            .where(Attempt.assignment == assignment.id, Attempt.state != "dismissed")
            .order_by(Attempt.id)
        )
        found = []
        for attempt in session.scalars(query.options(selectinload(Attempt.results), undefer(Attempt.program))):
            handed, results = _handed(attempt), newest(attempt)
            ids = [i for i in expected(index.load(), list(handed.program), attempt.source)[0] if i in judging.versions]
            held = [i for i in ids if i in results and holds(results[i], judging)]
            if len(held) < len(ids):
                known = tuple(exercise_from_json(results[i].data) for i in held)
                found.append(Stale(handed, tuple(i for i in ids if i not in held), known))
        return found


def _handed(attempt: Attempt) -> HandIn:
    person = Person(attempt.student.key, attempt.student.name, attempt.student.email)
    program: tuple[Cell, ...] = tuple(unpack(attempt.program))
    return HandIn(person, attempt.content, attempt.handed_in, attempt.source, attempt.called, program)


def regrade(
    book: Gradebook,
    assignment: Assignment,
    judging: Judging,
    order: Order,
    executor: Executor,
    seen: Callable[[Stale, SubmissionResult], None] = lambda *_: None,
) -> int:
    """Judge again exactly what is out of date, from the recorded programs; return the number of files."""
    waiting = stale(book, assignment, judging)
    futures = [
        executor.submit(
            grade_program, each.handed.called, each.handed.source, list(each.handed.program), order, each.known
        )
        for each in waiting
    ]
    try:
        for each, future in zip(waiting, futures, strict=True):
            book.record(each.handed, future.result(), judging)
            seen(each, future.result())
    finally:
        for future in futures:
            future.cancel()
    return len(waiting)
