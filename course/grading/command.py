"""`course grade`: choose a sandbox and workers, show progress and a table, write the results."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from course import index
from course.errors import CourseError
from course.grading.grade import Order, grade_all, rows, write_json
from course.judging import providers
from course.judging.result import Report, SubmissionResult, to_json

if TYPE_CHECKING:
    from course.grading.assignment import Assignment
    from course.grading.recording import Recording

CONSOLE = Console()


def choose(provider: str, trust: bool) -> str:
    """Return the provider to use for other people's code; raise CourseError where only `--trust` would do."""
    if provider != "auto":
        if not providers.get(provider).isolates and not trust:
            raise CourseError(
                f"The provider {provider!r} does not isolate: a submission could read and change this machine. "
                "Add --trust to use it for code that you trust as your own."
            )
        return provider
    name, why = providers.best()
    if name:
        return name
    if trust:
        CONSOLE.print(f"[bold red]Submissions run WITHOUT isolation[/], as your own programs ({escape(why)}).")
        return "process"
    raise CourseError(
        f"No sandbox isolates here ({why}). Install bubblewrap (Debian: sudo apt-get install bubblewrap), "
        "or add --trust if every submission is code that you trust as your own."
    )


@contextmanager
def workers(number: int, cluster: str) -> Iterator[Executor]:
    """Yield what runs the submissions: threads with a judge each, or a Dask cluster's workers."""
    if cluster:
        from distributed import Client

        try:
            client = Client(cluster, timeout=5)
        except OSError as error:
            raise CourseError(
                f"No Dask scheduler answers at {cluster} ({error}). Start one, or leave --cluster out."
            ) from None
        with client:
            yield client.get_executor(pure=False)
    else:
        with ThreadPoolExecutor(number or os.cpu_count() or 1) as pool:
            yield pool


def ordered(
    provider: str, only: tuple[str, ...], seed: str, own: Path | None, file: Path | None
) -> tuple[Order, Assignment | None, dict[str, float]]:
    """Return how to grade, the assignment where its file is given, and the points that it or the overlay gives."""
    from course.grading import overlay

    if file is None:
        laid = overlay.read(own) if own else overlay.Overlay()
        return Order(provider, only, seed, overlay=laid.files), None, laid.points
    if own or seed != "0":
        raise CourseError(f"{file.name} has the seed, and may name an overlay; leave --seed and --overlay out.")
    from course.grading import (  # the gradebook's database takes longer to import than a class to grade
        assignment,
        recording,
    )

    sheet = assignment.load(file)
    return recording.order(sheet, provider, only), sheet, sheet.weights()


@dataclass(frozen=True)
class Recorded:
    """Where results are recorded: a gradebook, for an assignment; nowhere without one. `received`: see --received.

    `points`: of exercises, where they are not the course's.
    """

    assignment: Assignment | None = None
    gradebook: str = ""
    received: str = ""
    points: Mapping[str, float] = field(default_factory=dict)

    @contextmanager
    def recording(self, order: Order, folder: Path) -> Iterator[Recording | None]:
        """Yield what keeps the results of a run."""
        if not self.gradebook:
            yield None
            return
        if self.assignment is None:
            raise CourseError("--gradebook needs --assignment FILE; `course assignment new` writes one.")
        from course.grading.gradebook import Gradebook
        from course.grading.recording import Recording, judging, received

        when = received(self.received, self.assignment)
        with Gradebook(self.gradebook) as book:
            yield Recording(book, self.assignment, judging(self.assignment, order, folder), when)


def grade_path(
    path: Path, out: Path | None, order: Order, number: int, cluster: str, recorded: Recorded | None = None
) -> Report:
    """Grade everything below a path, show it, and write results.json into `out` (PATH.graded without it).

    Raise CourseError at the end where a file could not be recorded, since nobody knows whose it is.
    """
    folder = out or path.with_name(f"{path.name}.graded")
    recorded = recorded or Recorded()
    points = {exercise.id: exercise.points for _, _, exercise in index.load().exercises()} | dict(recorded.points)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with (
        recorded.recording(order, folder) as book,
        workers(number, cluster) as executor,
        Progress(*columns, console=CONSOLE, transient=True) as progress,
    ):
        bar = progress.add_task("grading", total=None)

        def seen(result: SubmissionResult, total: int) -> None:
            progress.update(bar, advance=1, total=total, description=f"grading, {escape(result.student)[:30]} done")

        report = grade_all(path, order, executor, folder / "cache", seen, book)
    write_json(to_json(report), folder / "results.json")
    table = Table("student", "file", "exercises", "points", title=f"{len(report.submissions)} submissions")
    for row in rows(report.submissions, points):
        table.add_row(*(escape(cell) for cell in row))
    CONSOLE.print(table)
    CONSOLE.print(f"Results: {folder / 'results.json'} (sandbox: {order.provider})")
    if book and book.sentence():
        raise CourseError(book.sentence())
    return report
