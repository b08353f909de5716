"""The command line: thin functions that import what they need when they are called."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from course import index
from course.errors import CourseError
from course.grading import cli_assignment, cli_gradebook
from course.labs import cli_lab
from course.reports import cli_reports

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Work on the course, and grade it."
)
new = typer.Typer(no_args_is_help=True, help="Make the files of a topic or an exercise, ready to be written.")
app.add_typer(new, name="new")
app.add_typer(cli_assignment.app, name="assignment")
app.add_typer(cli_gradebook.app, name="gradebook")
app.add_typer(cli_lab.app, name="lab")
app.command()(cli_reports.report)
app.command()(cli_reports.export)


@app.command()
def derive() -> None:
    """Write everything that follows from course.yml and solutions/."""
    from course.authoring import generate

    changed = generate.write(index.load(), index.root())
    for path in changed:
        typer.echo(f"wrote {path}")
    typer.echo(f"{len(changed)} files changed" if changed else "everything is up to date")


@app.command()
def check() -> None:
    """Apply every static rule: what breaks structure has to be mended, figures of style warn."""
    from course.authoring import checking

    report = checking.check(index.root())
    for line in report.lines():
        typer.echo(line)
    raise typer.Exit(bool(report.structure))


@new.command("topic")
def new_topic(name: Annotated[str, typer.Argument(help="chapter/stem, such as 01-core-python/06-typing")]) -> None:
    """Make a topic's notebook, its first exercise and its entry in course.yml."""
    from course.authoring import scaffold

    _made(scaffold.topic(index.root(), name))


@new.command("exercise")
def new_exercise(
    topic: Annotated[str, typer.Argument(help="chapter/stem, or the stem alone")],
    name: Annotated[str, typer.Argument(help="the id, such as core.count-scans, or its part after the dot")],
) -> None:
    """Add an exercise to a topic: its cells, the folder that judges it, its entry in course.yml."""
    from course.authoring import scaffold

    _made(scaffold.exercise(index.root(), topic, name))


def _made(paths: list[Path]) -> None:
    for path in paths:
        typer.echo(f"wrote {path}")
    typer.echo("`course check` says what is to be written; run `course derive` after an edit.")


@app.command()
def prove(ids: Annotated[list[str] | None, typer.Argument(help="exercise ids; all without any")] = None) -> None:
    """Run stub, reference, alternatives and wrong answers of exercises; say what is not as it should be."""
    from course.authoring.proof import prove as prove_one
    from course.judging.client import Judge

    course = index.load()
    bad = 0
    with Judge() as one, Judge() as other:
        for exercise_id in ids or [exercise.id for _, _, exercise in course.exercises()]:
            problems = list(prove_one([one, other], course, index.root(), exercise_id))
            typer.echo(f"{exercise_id}: {'as it should be' if not problems else ''}")
            for problem in problems:
                typer.echo(f"  - {problem}")
            bad += len(problems)
    raise typer.Exit(bool(bad))


@app.command()
def browser() -> None:
    """Judge every known answer on the page's runtime too, where that is out of date; say what it cannot judge."""
    from course.onpage.verdicts import update

    update(typer.echo)


@app.command()
def mutate(
    ids: Annotated[list[str] | None, typer.Argument(help="exercise ids; all without any")] = None,
    sample: Annotated[int, typer.Option(help="mutants an exercise; 0: all")] = 0,
    seed: Annotated[int, typer.Option(help="of the sample")] = 0,
) -> None:
    """Change references in small ways and see whether the checks notice; 90 % a chapter, 80 % an exercise."""
    from course.authoring import strength

    raise typer.Exit(not strength.report(ids or [], sample, seed))


@app.command()
def judge(
    answer: Annotated[Path, typer.Argument(help="a file with the answer, or a folder that is a whole submission")],
    tests: Annotated[Path, typer.Option(help="a folder of pytest files that import `answer`")],
    provider: Annotated[str, typer.Option(help="bubblewrap, process, or auto: the best there is")] = "auto",
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """Judge one answer against any folder of checks."""
    from course.grading.submissions import judged_alone
    from course.judging import providers, render
    from course.judging.client import Judge

    with Judge((providers.best()[0] or "process") if provider == "auto" else provider) as running:
        result = judged_alone(running, answer, tests)
    alone = (tests / "public").is_dir() and not (tests / "withheld").is_dir()  # a student bundle
    typer.echo(render.as_json(result) if as_json else render.as_text(result, public_only=alone))
    raise typer.Exit(not result.passed)


@app.command()
def release(target: Annotated[Path, typer.Argument(help="a new folder, or a new file ending in .zip")]) -> None:
    """Write what students get: no solutions, no withheld checks, no wrong answers."""
    from course.authoring.release import release as write

    typer.echo(f"{write(target)} files in {target}")


@app.command()
def grade(
    path: Annotated[Path, typer.Argument(help="a notebook, a folder of submissions, or an LMS's zip")],
    out: Annotated[Path | None, typer.Option(help="folder for the results; PATH.graded without it")] = None,
    provider: Annotated[str, typer.Option(help="bubblewrap, process, or auto: the best that isolates")] = "auto",
    trust: Annotated[bool, typer.Option("--trust", help="run the submissions without isolation")] = False,
    workers: Annotated[int, typer.Option(help="how many at once; 0: one a core")] = 0,
    cluster: Annotated[str, typer.Option(help="address of a Dask scheduler that has workers with this course")] = "",
    seed: Annotated[str, typer.Option(help="the assignment's secret seed, for random inputs")] = "0",
    public: Annotated[bool, typer.Option("--public", help="public checks only")] = False,
    overlay: Annotated[Path | None, typer.Option(help="your own checks, laid out like tests/exercises/")] = None,
    assignment: Annotated[Path | None, typer.Option(help="the assignment's file: exercises, seed, overlay")] = None,
    gradebook: Annotated[str, typer.Option(help="record in it: a file, or postgresql://…")] = "",
    received: Annotated[str, typer.Option(help="when the files came: a moment, or CSV with file,time")] = "",
    pages: Annotated[bool, typer.Option("--pages", help="write web pages too: class.html, students/")] = False,
) -> None:
    """Grade submissions; print a table and write JSON; with an assignment, record the results in a gradebook."""
    from course.grading.command import Recorded, choose, grade_path, ordered

    only = ("public",) if public else ()
    order, sheet, points = ordered(choose(provider, trust), only, seed, overlay, assignment)
    report = grade_path(path, out, order, workers, cluster, Recorded(sheet, gradebook, received, points))
    if pages:
        cli_reports.write_pages(report, out or path.with_name(f"{path.name}.graded"), path, order, points)
    raise typer.Exit(any(s.state == "in doubt" for s in report.submissions))


@app.command()
def start(
    browser: Annotated[bool | None, typer.Option(help="open a browser; by default where there is a screen")] = None,
) -> None:
    """Bring work/ up to date, serve the book, open JupyterLab beside it; Ctrl-C ends both."""
    from course.learning.start import start as run

    run(browser=browser, say=typer.echo)


@app.command()
def reset(exercise_id: Annotated[str, typer.Argument(help="an exercise id, such as core.parse-gate-command")]) -> None:
    """Put an exercise's stub back into your notebook, keeping a copy of your answer."""
    from course.learning.workspace import reset as run

    copy = run(exercise_id)
    typer.echo(f"{exercise_id} holds its stub again. Reload the notebook if it is open.")
    if copy:
        typer.echo(f"Your old answer: {copy.relative_to(index.root())}")


@app.command()
def execute(
    stems: Annotated[list[str] | None, typer.Argument(help="such as 01-pattern-matching; all without any")] = None,
    check: Annotated[bool, typer.Option("--check", help="write nothing: say which would print something else")] = False,
) -> None:
    """Run notebooks in fresh kernels and write what they print."""
    from course.authoring import execute as running

    if not check:
        changed = running.execute(stems or ())
        typer.echo("\n".join(f"wrote {path.relative_to(index.root())}" for path in changed) or "nothing changed")
        return
    found = {path: running.compare(path) for path in running.chosen(stems or ())}
    for path, problem in found.items():
        typer.echo(f"{path.stem}: {problem or 'prints what it shows'}")
    raise typer.Exit(any(found.values()))


@app.command()
def doctor() -> None:
    """Say what works on this machine, what does not, and what to install."""
    from course.learning import doctor as checks

    findings = checks.examine()
    checks.show(findings)
    raise typer.Exit(not checks.healthy(findings))


@app.command()
def clean(
    yes: Annotated[bool, typer.Option("--yes", help="do not ask")] = False,
    work: Annotated[bool, typer.Option("--work", help="work/ too, after a zip file of it was made beside it")] = False,
) -> None:
    """Show what the course took of the disk, and give back what it can make again."""
    from course.learning import clean as cleaning

    found = cleaning.places()
    for place in found:
        typer.echo(f"{cleaning.readable(place.size):>8}  {place.path.relative_to(index.root())}  ({place.again})")
    given = sum(place.size for place in found if work or place.kind != "work")
    if not given or not (yes or typer.confirm(f"Give {cleaning.readable(given)} back?")):
        return
    given, archive = cleaning.clean(work=work)
    typer.echo(f"Gave {cleaning.readable(given)} back." + (f" Your work is in {archive.name}." if archive else ""))


@app.command()
def prerequisites(
    install: Annotated[bool, typer.Option("--install", help="install what is missing, where that is allowed")] = False,
) -> None:
    """Say what the tests need that is missing here; in CI that is an error."""
    from course.learning.prerequisites import ensure

    for sentence in ensure(install=install):
        typer.echo(f"INCOMPLETE: {sentence}", err=True)


@app.command()
def site(
    address: Annotated[str | None, typer.Option(help="where it will be served, with its sub-path")] = None,
) -> None:
    """Build the book into _build/html; a warning stops the build."""
    from course.authoring.site import build

    typer.echo(build(index.root(), address))


@app.command()
def diagrams() -> None:
    """Draw the mermaid blocks that are new, and delete drawings that no page shows."""
    from course.authoring.diagrams import draw

    for path in draw(index.root()):
        typer.echo(f"drew {path}")


def main() -> None:
    """Run the command line; an error of ours is one sentence, not a traceback."""
    try:
        app()
    except CourseError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
