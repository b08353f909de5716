"""The command line: thin functions that import what they need when they are called."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from course import index
from course.errors import CourseError

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Work on the course, and grade it."
)


@app.command()
def derive() -> None:
    """Write everything that follows from course.yml and solutions/."""
    from course import generate

    changed = generate.write(index.load(), index.root())
    for path in changed:
        typer.echo(f"wrote {path}")
    typer.echo(f"{len(changed)} files changed" if changed else "everything is up to date")


@app.command()
def prove(ids: Annotated[list[str] | None, typer.Argument(help="exercise ids; all without any")] = None) -> None:
    """Run stub, reference, alternatives and wrong answers of exercises; say what is not as it should be."""
    from course.client import Judge
    from course.proof import prove as prove_one

    course = index.load()
    bad = 0
    with Judge() as judge:
        for exercise_id in ids or [exercise.id for _, _, exercise in course.exercises()]:
            problems = list(prove_one(judge, course, index.root(), exercise_id))
            typer.echo(f"{exercise_id}: {'as it should be' if not problems else ''}")
            for problem in problems:
                typer.echo(f"  - {problem}")
            bad += len(problems)
    raise typer.Exit(bool(bad))


@app.command()
def judge(
    answer: Annotated[Path, typer.Argument(help="a file with the answer, or a folder that is a whole submission")],
    tests: Annotated[Path, typer.Option(help="a folder of pytest files that import `answer`")],
    provider: Annotated[str, typer.Option(help="the sandbox")] = "process",
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """Judge one answer against any folder of checks."""
    from course import render
    from course.client import Judge
    from course.submissions import judged_alone

    with Judge(provider) as running:
        result = judged_alone(running, answer, tests)
    typer.echo(render.as_json(result) if as_json else render.as_text(result))
    raise typer.Exit(not result.passed)


@app.command()
def grade(
    path: Annotated[Path, typer.Argument(help="a notebook, a folder of submissions, or an LMS's zip")],
    out: Annotated[Path | None, typer.Option(help="where the JSON goes; beside PATH without it")] = None,
    provider: Annotated[str, typer.Option(help="the sandbox")] = "process",
    public: Annotated[bool, typer.Option("--public", help="public checks only")] = False,
) -> None:
    """Grade submissions; print a table and write JSON beside them."""
    from course.grade import grade_path

    raise typer.Exit(grade_path(path, out, provider, public))


def main() -> None:
    """Run the command line; an error of ours is one sentence, not a traceback."""
    try:
        app()
    except CourseError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
