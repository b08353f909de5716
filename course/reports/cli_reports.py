"""`course report` and `course export`: from results.json to pages, and to what other systems read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from course import index
from course.errors import CourseError

if TYPE_CHECKING:
    from course.grading.grade import Order
    from course.grading.standing import Weights
    from course.judging.result import Report, SubmissionResult

Results = Annotated[Path, typer.Argument(help="the results.json that `course grade` wrote")]
Assignment = Annotated[Path | None, typer.Option(help="the assignment's file, for its points and seed")]
Overlay = Annotated[Path | None, typer.Option(help="the overlay it was graded with, for its points")]


class Format(StrEnum):
    """What `course export` writes."""

    CANVAS = "canvas"
    MOODLE = "moodle"
    GRADESCOPE = "gradescope"
    GITHUB = "github"
    JUNIT = "junit"


def report(
    results: Results,
    out: Annotated[Path, typer.Option(help="folder for the pages: class.html and students/")],
    submissions: Annotated[Path | None, typer.Option(help="what was graded; then similar ones are looked for")] = None,
    seed: Annotated[str, typer.Option(help="the seed it was graded with, to recognise wrong answers by it")] = "0",
    assignment: Assignment = None,
    overlay: Overlay = None,
) -> None:
    """Write a web page a student, and one for the class with plots."""
    from course.grading.command import ordered
    from course.grading.standing import read

    order, _, points = ordered("process", (), seed, overlay, assignment)
    write_pages(read(results), out, submissions, order, points, results.parent)


def write_pages(
    report: Report,
    out: Path,
    submissions: Path | None,
    order: Order,
    points: Mapping[str, float],
    graded: Path | None = None,
) -> None:
    """Write all pages of a report into a folder; `graded`: the folder of its cache, `out` without it."""
    from course.grading import standing
    from course.reports import misconceptions, similar
    from course.reports.pages import write

    weights = standing.weights(report, index.load(), points)
    pairs = None
    if submissions:
        written: dict[str, dict[str, str]] = {}
        for (student, _), texts in similar.answers(submissions, list(weights)).items():
            written.setdefault(student, {}).update(texts)
        pairs = similar.pairs(written, similar.given(weights))
    wrong = misconceptions.known(weights, order.seed, (graded or out) / "cache")
    typer.echo(f"Pages: {write(report, out, weights, wrong, pairs)[0]}")


def export(
    results: Results,
    format: Annotated[Format, typer.Option(help="who is to read it")],
    out: Annotated[
        Path | None, typer.Option(help="file, or for gradescope and github a folder; printed without it")
    ] = None,
    partial: Annotated[bool, typer.Option("--partial", help="leave out whoever's result is in doubt")] = False,
    assignment: Assignment = None,
    overlay: Overlay = None,
) -> None:
    """Write results as Canvas, Moodle, Gradescope, GitHub Classroom or JUnit read them."""
    from course.grading.command import ordered
    from course.grading.standing import read, weights
    from course.reports import export_csv
    from course.reports.export import junit

    graded = read(results)
    worth = weights(graded, index.load(), ordered("process", (), "0", overlay, assignment)[2])
    rows, columns = export_csv.from_report(graded, index.load(), worth, partial or format is Format.JUNIT)
    if format in (Format.GRADESCOPE, Format.GITHUB):
        _each(graded, worth, format, out)
        return
    if format is Format.JUNIT:
        told = junit(graded)
    else:
        told = (export_csv.canvas if format is Format.CANVAS else export_csv.moodle)(rows, columns)
    _put(out, told)


def _each(graded: Report, worth: Weights, format: Format, out: Path | None) -> None:
    """Write one JSON file a submission; a single one may go to the screen."""
    from course.reports.export import github, gradescope
    from course.reports.pages import file_name

    write = gradescope if format is Format.GRADESCOPE else github
    wanted: list[SubmissionResult] = [s for s in graded.submissions if s.state != "in doubt"]
    if out is None and len(wanted) != 1:
        raise CourseError(f"There are {len(wanted)} submissions, and a file each; name a folder with --out.")
    for submission in wanted:
        told = json.dumps(write(submission, worth), ensure_ascii=False, indent=1) + "\n"
        name = file_name(f"{submission.student}/{submission.source}")
        _put(out / f"{name}.json" if out else None, told)


def _put(path: Path | None, told: str) -> None:
    if path is None:
        typer.echo(told, nl=False)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(told, "utf-8", newline="")
    except OSError as error:
        raise CourseError(f"{path} cannot be written: {error.strerror}. Give another place with --out.") from None
    typer.echo(f"wrote {path}")
