"""The gradebook as text: a table of all students, or one student's scores with the run that each came from."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from course.errors import CourseError
from course.grading.assignment import Assignment
from course.grading.gradebook import Gradebook
from course.grading.grades import Grade, Score, grades
from course.grading.tables import Adjustment, Run
from course.index import unknown


def table(book: Gradebook, assignment: Assignment) -> Iterator[str]:
    """Yield a line a student, then what is open."""
    made = grades(book, assignment, hold=False)
    short = [name.partition(".")[2] for name in assignment.ids]
    width = max([len("student"), *(len(grade.student.id) for grade in made)])
    yield f"{'student':<{width}}  {'points':>12}  {'  '.join(short)}"
    for grade in made:
        cells = "  ".join(f"{_points(score):>{len(name)}}" for score, name in zip(grade.scores, short, strict=True))
        total = "?" if grade.points is None else f"{grade.points:g}"
        yield f"{grade.student.id:<{width}}  {f'{total} of {grade.most:g}':>12}  {cells}"
    yield from (f"open: {sentence}" for grade in made for sentence in grade.open)
    yield from (f"{grade.student.id}: {note}" for grade in made for note in grade.notes)


def one(book: Gradebook, assignment: Assignment, student: str) -> Iterator[str]:
    """Yield everything about one student's scores: attempt, lateness, adjustments, run; raise CourseError for a stranger."""
    made = {grade.student.id: grade for grade in grades(book, assignment, hold=False)}
    if student not in made:
        raise CourseError(unknown("student", student, list(made)))
    grade = made[student]
    with book.database.session(reading=True) as session:
        runs = {run.key: run for run in session.scalars(select(Run).where(Run.assignment == assignment.id))}
        said = session.scalars(
            select(Adjustment).where(Adjustment.assignment == assignment.id).order_by(Adjustment.id)
        ).all()
    yield f"{student} {grade.student.name}: {_total(grade)}, {grade.attempts} files handed in".replace("  ", " ")
    for score in grade.scores:
        yield f"  {score.exercise}: {_points(score)} of {score.weight:g}, {score.state}{_late(score)}"
        if score.run:
            run = runs[score.run]
            yield (
                f"    {score.fraction:.0%} of the checks in attempt {score.attempt} ({score.source}), run {run.key[:12]} of "
                f"{run.began:%Y-%m-%d %H:%M} UTC, checks {score.version[:8]}, seed {run.seed}…, {run.provider}"
            )
    for each in said:
        if each.student.key == student:
            what = each.exercise or "the whole"
            done = "set to" if each.kind == "set" else "added"
            yield f"  {what}: {done} {each.points:g} by {each.who}, {each.made:%Y-%m-%d}: {each.reason}"
    yield from (f"  open: {sentence}" for sentence in grade.open)
    yield from (f"  {note}" for note in grade.notes)


def _total(grade: Grade) -> str:
    return "points are open" if grade.points is None else f"{grade.points:g} of {grade.most:g} points"


def _points(score: Score) -> str:
    return "?" if score.points is None else f"{round(score.points, 2):g}"


def _late(score: Score) -> str:
    return f", {score.late_days} days late, {score.kept:.0%} kept" if score.late_days else ""
