"""Record a grading run as it goes: one transaction a file, so that a run that is killed loses nothing and repeats nothing."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from course import index
from course.errors import CourseError
from course.grading import submissions
from course.grading.assignment import Assignment
from course.grading.attempts import HandIn, Judging
from course.grading.grade import Order
from course.grading.gradebook import Gradebook
from course.grading.submissions import Found
from course.grading.tables import now
from course.judging.program import Cell
from course.judging.result import ExerciseResult, SubmissionResult, safe, submission_from_json
from course.judging.versions import fingerprint


def judging(assignment: Assignment, order: Order, folder: Path | None = None) -> Judging:
    """Return how a run that begins now judges."""
    return Judging(
        assignment=assignment.id,
        version=fingerprint(files=order.overlay),
        versions={name: fingerprint(name, order.overlay) for name in assignment.ids},
        provider=order.provider,
        seed=assignment.seed_hash,
        only=order.only,
        overlay=assignment.own.hash,
        python=platform.python_version(),
        folder=str(folder.resolve()) if folder else "",
    )


def order(assignment: Assignment, provider: str, only: tuple[str, ...] = ()) -> Order:
    """Return how an assignment is graded."""
    return Order(provider, only, assignment.secret, assignment.ids, assignment.own.files)


@dataclass(frozen=True)
class Received:
    """When files came: one moment for all of them, or one a file; where neither is known the file's own time."""

    zone: str
    all: datetime | None = None
    files: Mapping[str, datetime] = field(default_factory=dict)

    def at(self, found: Found) -> datetime:
        """Return when a file came, in UTC; its name in the table may be its path or its last part."""
        own = self.files.get(found.source) or self.files.get(Path(found.source).name)
        moment = own or self.all or found.at or now()
        return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(self.zone))).astimezone(UTC)


def received(said: str, assignment: Assignment) -> Received:
    """Read `--received`: nothing, a moment such as 2026-03-15T18:00, or a CSV file with the columns file and time."""
    if not said:
        return Received(assignment.zone)
    try:
        return Received(assignment.zone, datetime.fromisoformat(said))
    except ValueError:
        path = Path(said)
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
        return Received(assignment.zone, None, {r["file"]: datetime.fromisoformat(r["time"]) for r in rows})
    except OSError:
        raise CourseError(
            f"--received {said!r} is no moment such as 2026-03-15T18:00, and no file of moments can be read there."
        ) from None
    except (KeyError, ValueError, TypeError) as error:
        raise CourseError(
            f"{path.name}: write the columns file,time with times such as 2026-03-15T18:00 ({error})."
        ) from None


def record_results(
    book: Gradebook, assignment: Assignment, results: Path, path: Path, received: Received
) -> tuple[int, str]:
    """Record a results.json with the files it was made from; return how many, and a sentence on those left out.

    The versions of its checks are not known, so that `regrade` judges these files again. Raise CourseError where it
    was made with another seed.
    """
    try:
        report = json.loads(results.read_text("utf-8"))
        made = {each["source"]: submission_from_json(each) for each in report["submissions"]}
        provider, seed = str(report["provider"]), str(report["seed"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CourseError(
            f"{results} is no results.json of `course grade` ({type(error).__name__}: {error})."
        ) from None
    if seed != assignment.seed_hash:
        raise CourseError(
            f"{results.name} was made with the seed {seed}…, and the assignment's is {assignment.seed_hash}…; grade the "
            "files with --assignment."
        )
    unknown = Judging(
        assignment.id, "", dict.fromkeys(assignment.ids, ""), provider, seed, folder=str(results.parent.resolve())
    )
    recording, number = Recording(book, assignment, unknown, received), 0
    for found in submissions.discover(path, [topic.stem for _, topic in index.load().topics()]):
        if result := made.get(safe(found.source, 300)):
            recording.record(found, result)
            number += 1
    return number - len(recording.nobodys), recording.sentence()


class Recording:
    """A course.grading.book.Book: keeps each result in the gradebook, and knows those that still hold."""

    def __init__(self, book: Gradebook, assignment: Assignment, judging: Judging, received: Received) -> None:
        self.book, self.assignment, self.judging, self.received = book, assignment, judging, received
        self.nobodys: list[str] = []
        book.prepare()

    def handed(self, found: Found) -> HandIn | None:
        """Return what was handed in by whom; None where the roster does not tell."""
        student = self.assignment.students.whose(safe(found.student, 120))
        if student is None:
            return None
        content = hashlib.sha256(found.raw or found.refused.encode()).hexdigest()
        source, called = safe(found.source, 300), safe(found.student, 120)
        return HandIn(student, content, self.received.at(found), source, called, _program(found))

    def known(self, found: Found) -> tuple[ExerciseResult, ...]:
        """Return the results of this file that still hold: same bytes, checks, judge and seed."""
        handed = self.handed(found)
        return self.book.known(handed, self.judging) if handed else ()

    def record(self, found: Found, result: SubmissionResult) -> None:
        """Keep the result of a file; one that is nobody's is told at the end."""
        if handed := self.handed(found):
            self.book.record(handed, result, self.judging)
        else:
            self.nobodys.append(f"{safe(found.student, 120)} ({safe(found.source, 300)})")

    def sentence(self) -> str:
        """Return whose files could not be recorded; nothing where all were."""
        if not self.nobodys:
            return ""
        names, more = "; ".join(self.nobodys[:5]), f" and {len(self.nobodys) - 5} more" if len(self.nobodys) > 5 else ""
        return (
            f"Not recorded, since {self.assignment.students.file} does not tell whose they are: {names}{more}. "
            "Write the name into the column lms of its student, and run this again."
        )


def _program(found: Found) -> tuple[Cell, ...]:
    try:
        return () if found.refused else tuple(submissions.cells(found.raw, Path(found.source).name))
    except CourseError:
        return ()
