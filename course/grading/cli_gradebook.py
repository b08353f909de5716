"""`course gradebook …`: thin functions that import what they need when they are called."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from course.grading.assignment import Assignment
    from course.grading.gradebook import Gradebook

app = typer.Typer(no_args_is_help=True, help="The gradebook: scores, adjustments, re-grade requests, replays, merges.")
Where = Annotated[str, typer.Option("--gradebook", envvar="COURSE_GRADEBOOK", help="a file, or postgresql://…")]
File = Annotated[Path, typer.Option("--assignment", envvar="COURSE_ASSIGNMENT", help="the assignment's file")]
Who = Annotated[str, typer.Option(envvar="COURSE_WHO", help="who says so")]
Student = Annotated[str, typer.Argument(help="the id in the roster")]
Exercise = Annotated[str, typer.Argument(help="an exercise id")]
Provider = Annotated[str, typer.Option(help="bubblewrap, process, or auto: the best that isolates")]
Trust = Annotated[bool, typer.Option("--trust", help="run the programs without isolation")]


@contextmanager
def opened(where: str, file: Path) -> Iterator[tuple[Gradebook, Assignment]]:
    """Yield the gradebook and the assignment."""
    from course.grading.assignment import load
    from course.grading.gradebook import Gradebook

    assignment = load(file)
    with Gradebook(where) as book:
        yield book, assignment


@app.command()
def record(
    results: Annotated[Path, typer.Argument(help="the results.json of `course grade`")],
    path: Annotated[Path, typer.Argument(help="what was graded then: the same notebook, folder or zip")],
    gradebook: Where,
    assignment: File,
    received: Annotated[
        str, typer.Option(help="when the files came: a moment, or CSV with the columns file,time")
    ] = "",
) -> None:
    """Record a run that was made without a gradebook; `regrade` judges again, since its checks may be older."""
    from course.grading.recording import received as read
    from course.grading.recording import record_results

    with opened(gradebook, assignment) as (book, sheet):
        number, sentence = record_results(book, sheet, results, path, read(received, sheet))
    typer.echo(f"recorded {number} files; `course gradebook regrade` judges them by the checks as they are now")
    if sentence:
        typer.echo(sentence, err=True)
        raise typer.Exit(1)


@app.command()
def show(
    gradebook: Where, assignment: File, student: Annotated[str, typer.Argument(help="one student; all without")] = ""
) -> None:
    """Show all grades, or one student's scores with the run that each came from; and what is open."""
    from course.grading.showing import one, table

    with opened(gradebook, assignment) as (book, sheet):
        lines = one(book, sheet, student) if student else table(book, sheet)
    for line in lines:
        typer.echo(line)


@app.command()
def adjust(
    student: Student,
    points: Annotated[float, typer.Argument(help="points to add; to take some: -- -2")],
    reason: Annotated[str, typer.Option(help="why; kept with it")],
    who: Who,
    gradebook: Where,
    assignment: File,
    exercise: Annotated[str, typer.Option(help="an exercise id; without it the whole assignment")] = "",
    fix: Annotated[bool, typer.Option("--set", help="set the points instead of adding; settles what is open")] = False,
) -> None:
    """Add points to a score, or set it, with a reason."""
    with opened(gradebook, assignment) as (book, sheet):
        book.adjust(sheet, student, points, reason, who, exercise or None, "set" if fix else "add")
    typer.echo(f"{student}: {'set to' if fix else 'added'} {points:g} ({reason})")


@app.command()
def dismiss(
    student: Student,
    source: Annotated[str, typer.Argument(help="the file, as `show` names it")],
    reason: Annotated[str, typer.Option(help="why; kept with it")],
    who: Who,
    gradebook: Where,
    assignment: File,
) -> None:
    """Leave out a file that is none of the assignment's, so that it holds nothing back."""
    with opened(gradebook, assignment) as (book, sheet):
        book.dismiss(sheet, student, source, reason, who)
    typer.echo(f"{source} of {student} is left out")


@app.command()
def request(
    student: Student,
    exercise: Exercise,
    text: Annotated[str, typer.Argument(help="what the student asks")],
    gradebook: Where,
    assignment: File,
) -> None:
    """Open a request to look at a score again."""
    with opened(gradebook, assignment) as (book, sheet):
        number = book.ask(sheet, student, exercise, text)
    typer.echo(f"request {number} is open; `course gradebook answer {number} TEXT` answers it")


@app.command()
def answer(
    number: Annotated[int, typer.Argument(help="the request's number")],
    text: Annotated[str, typer.Argument(help="the answer")],
    who: Who,
    gradebook: Where,
) -> None:
    """Answer a request; points are given with `adjust`."""
    from course.grading.gradebook import Gradebook

    with Gradebook(gradebook) as book:
        book.answer(number, text, who)
    typer.echo(f"request {number} is answered")


@app.command()
def merge(
    other: Annotated[str, typer.Argument(help="the gradebook to take from: a file, or postgresql://…")],
    gradebook: Where,
) -> None:
    """Add what another gradebook has and this one has not; what they disagree on stops it, and nothing is changed."""
    from course.grading.gradebook import Gradebook
    from course.grading.joining import merge as join

    with Gradebook(gradebook) as book, Gradebook(other) as theirs:
        added = join(book, theirs)
    typer.echo(
        "added " + (", ".join(f"{number} {kind}" for kind, number in added.items()) or "nothing: it is all there")
    )


@app.command()
def replay(
    student: Student,
    exercise: Exercise,
    gradebook: Where,
    assignment: File,
    attempt: Annotated[
        int | None, typer.Option(help="its number, from 1; the newest at the exercise without it")
    ] = None,
    provider: Provider = "auto",
    trust: Trust = False,
) -> None:
    """Judge a recorded program again with the same seed, and say whether the result is the same."""
    from course.grading.command import choose
    from course.grading.recording import order
    from course.grading.replay import replay as again

    with opened(gradebook, assignment) as (book, sheet):
        made = again(book, sheet, student, exercise, order(sheet, choose(provider, trust)), attempt)
    typer.echo(made.sentence(student))
    raise typer.Exit(bool(made.differences))


@app.command()
def regrade(
    gradebook: Where,
    assignment: File,
    provider: Provider = "auto",
    trust: Trust = False,
    workers: Annotated[int, typer.Option(help="how many at once; 0: one a core")] = 0,
    dry: Annotated[bool, typer.Option("--dry-run", help="name what would be judged again, and stop")] = False,
) -> None:
    """Judge again, from the recorded programs, exactly what changed checks, judge or seed, or a doubt, make necessary."""
    from course.grading.command import choose
    from course.grading.command import workers as pool
    from course.grading.recording import judging, order
    from course.grading.replay import regrade as again
    from course.grading.replay import stale

    with opened(gradebook, assignment) as (book, sheet):
        how = order(sheet, "process" if dry else choose(provider, trust))
        for each in stale(book, sheet, judging(sheet, how)):
            typer.echo(f"{each.handed.student.id} {each.handed.source}: {', '.join(each.exercises)}")
        if not dry:
            with pool(workers, "") as executor:
                number = again(book, sheet, judging(sheet, how), how, executor)
            typer.echo(f"{number} files were judged again" if number else "everything is up to date")


@app.command()
def anonymise(
    out: Annotated[Path, typer.Argument(help="a new CSV file")],
    gradebook: Where,
    assignment: File,
    secret: Annotated[
        str | None, typer.Option(envvar="COURSE_PSEUDONYMS", help="for the pseudonyms; else the seed")
    ] = None,
) -> None:
    """Write verdicts and points without names: the same pseudonym for the same student and secret."""
    from course.grading.privacy import anonymised

    with opened(gradebook, assignment) as (book, sheet):
        text = anonymised(book, sheet, secret)
    out.write_text(text, "utf-8")
    typer.echo(f"wrote {text.count(chr(10)) - 1} rows to {out}")


@app.command()
def forget(
    student: Student,
    gradebook: Where,
    yes: Annotated[bool, typer.Option("--yes", help="do not ask")] = False,
    results: Annotated[list[Path] | None, typer.Option(help="a further folder with results.json and cache")] = None,
) -> None:
    """Delete everything about a student, cached results too, and count what went."""
    from course.grading.gradebook import Gradebook
    from course.grading.privacy import forget as gone

    if not yes and not typer.confirm(f"Delete everything about {student}? Nothing brings it back."):
        raise typer.Exit(1)
    with Gradebook(gradebook) as book:
        counts = gone(book, student, results)
    typer.echo("deleted " + ", ".join(f"{number} {kind}" for kind, number in counts.items()))
    typer.echo("The handed-in files, the line in the roster, and pages and exports made earlier are yours to delete.")
