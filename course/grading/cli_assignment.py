"""`course assignment …`: thin functions that import what they need when they are called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Assignments: exercises, dates, late policy, secret seed, roster.")
File = Annotated[Path, typer.Argument(help="the assignment's file")]


@app.command()
def new(
    path: Annotated[Path, typer.Argument(help="a new file, such as week-1.yml; its name becomes the id")],
    due: Annotated[str, typer.Option(help="date and time, such as '2026-03-15 23:59'")],
    zone: Annotated[str, typer.Option(help="time zone of the dates, such as Europe/Berlin")] = "UTC",
    title: Annotated[str, typer.Option(help="what people call it")] = "",
    exercise: Annotated[
        list[str] | None, typer.Option(help="an exercise id; several times for several; else all")
    ] = None,
) -> None:
    """Write an assignment with a new secret seed, and an empty roster beside it."""
    from course.grading.assignment_new import write_new

    for written in write_new(path, title or path.stem, due, zone, exercise or []):
        typer.echo(f"wrote {written}")


@app.command()
def show(path: File) -> None:
    """Show an assignment: dates in its zone and in UTC, weights, extensions; the seed by its short hash only."""
    from course.grading.assignment import load

    made = load(path)
    late = made.late
    typer.echo(f"{made.id}: {made.title} ({made.attempts} attempt counts, seed {made.seed_hash}…)")
    for name, moment in (("opens", made.opens), ("due", made.due), ("closes", made.closes)):
        if moment:
            typer.echo(f"  {name:<7} {moment:%Y-%m-%d %H:%M} {made.zone} ({made.utc(moment):%Y-%m-%d %H:%M} UTC)")
    cut = f", nothing after {late.cut_off_days} days" if late and late.cut_off_days else ""
    told = (
        f"{late.percent_per_day:g} % a day after {late.grace_minutes} min{cut}"
        if late
        else "late attempts do not count"
    )
    typer.echo(f"  late    {told}")
    for name, weight in made.weights().items():
        typer.echo(f"  {weight:>6g}  {name}")
    typer.echo(f"  {sum(made.weights().values()):>6g}  in all, {len(made.students.students)} students")
    for each in made.extensions:
        typer.echo(f"  {each.student} has until {made.utc(each.due):%Y-%m-%d %H:%M} UTC: {each.reason}")


@app.command()
def check(path: File) -> None:
    """Say with its line what is wrong in an assignment, its roster or its overlay."""
    from course.grading.assignment import load

    made = load(path)
    typer.echo(f"{path.name}: {len(made.ids)} exercises, {len(made.students.students)} students, nothing to mend")
    if path.stat().st_mode & 0o077:
        typer.echo(f"Others on this machine may read it, with its seed: chmod 600 {path}", err=True)
