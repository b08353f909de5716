"""Grade what was handed in: one function a submission, run by any executor, remembered by content."""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, as_completed
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from course import index
from course.errors import CourseError
from course.grading import overlay
from course.grading.book import Book
from course.grading.submissions import Found, cells, discover
from course.index import Course
from course.judging import bank
from course.judging.client import Judge
from course.judging.program import FILE_HEADER, Cell, header
from course.judging.result import ExerciseResult, Report, SubmissionResult, safe, submission_from_json, to_json
from course.judging.versions import SOURCES as SOURCES
from course.judging.versions import fingerprint

JUDGES = threading.local()


@dataclass(frozen=True)
class Order:
    """How to grade. `only`: the visibilities of checks wanted, all where it is empty; `seed`: the assignment's secret.

    `exercises`: those of the assignment, all where it is empty; `overlay`: the instructor's own checks.
    """

    provider: str
    only: tuple[str, ...] = ()
    seed: str = "0"
    exercises: tuple[str, ...] = ()
    overlay: overlay.Files = ()


def expected(course: Course, program: list[Cell], name: str) -> tuple[list[str], list[str]]:
    """Return the exercises a notebook is graded on, and remarks.

    They are all exercises of every topic that one of its answer cells belongs to; without any, of the topic that its
    file name tells.
    """
    ids = [header(c.source)[1] for c in program if header(c.source)[0] == "exercise"]
    ids += [match[1] for c in program if (match := FILE_HEADER.match(c.source))]
    topics: dict[str, list[str]] = {}
    for chapter, topic, exercise in course.exercises():
        topics.setdefault(f"{chapter.slug}/{topic.stem}", []).append(exercise.id)
    known = {i for group in topics.values() for i in group}
    notes = [f"It answers {i!r}, which is no exercise of this course." for i in dict.fromkeys(ids) if i not in known]
    wanted = [group for group in topics.values() if set(ids) & set(group)]
    if not wanted:
        plain = name.lower().replace("_", "-").replace(" ", "-")
        wanted = [group for key, group in topics.items() if key.partition("/")[2][3:] in plain]
    return [i for group in wanted for i in group], notes


def grade_one(found: Found, order: Order, known: tuple[ExerciseResult, ...] = ()) -> SubmissionResult:
    """Grade one file with the warm judge of this thread; whatever is wrong with the file is a sentence in its result.

    `known`: results of exercises that are taken as they are.
    """
    student, source = safe(found.student, 120), safe(found.source, 300)
    if found.refused:
        return SubmissionResult(student, source, "refused", safe(found.refused))
    try:
        program = cells(found.raw, Path(found.source).name)
    except CourseError as error:
        return SubmissionResult(student, source, "refused", safe(error))
    return grade_program(student, source, program, order, known)


def grade_program(
    student: str, source: str, program: list[Cell], order: Order, known: tuple[ExerciseResult, ...] = ()
) -> SubmissionResult:
    """Grade the cells of one file; see `grade_one`."""
    root = index.root()
    ids, remarks = expected(index.load(), program, source)
    notes = tuple(safe(remark) for remark in remarks)
    if not ids:
        why = "No cell in it opens with `# exercise: …`, and its name tells no topic; look at it, or rename it name_topic.ipynb."
        return SubmissionResult(student, source, "in doubt", why, (), notes)
    if order.exercises and not (ids := [i for i in ids if i in order.exercises]):
        why = "It answers no exercise of this assignment; look at it, or grade it with the assignment it belongs to."
        return SubmissionResult(student, source, "in doubt", why, (), notes)
    made = {r.id: r for r in known if r.id in ids}
    tasks = [overlay.laid(bank.task(root, i), order.overlay) for i in ids if i not in made]
    try:
        fresh = _judge(order).judge(program, tasks, order.seed, order.only, skip_stubs=True) if tasks else []
    except CourseError as error:
        return SubmissionResult(student, source, "in doubt", safe(error), (), notes)
    made |= {r.id: r for r in fresh}
    results = tuple(made[i] for i in ids)
    if not all(r.settled or not r.attempted for r in results):
        why = "Some checks could not be made, for no fault of the submission; grade it again, or look at the notes."
        return SubmissionResult(student, source, "in doubt", why, results, notes)
    return SubmissionResult(student, source, "graded", "", results, notes)


def _judge(order: Order) -> Judge:
    """Return this thread's judge, started at its first use and ended with the process."""
    judge = getattr(JUDGES, order.provider, None)
    if judge is None:
        judge = Judge(order.provider)
        setattr(JUDGES, order.provider, judge)
        atexit.register(judge.close)
    return judge


def grade_all(
    path: Path,
    order: Order,
    executor: Executor,
    cache: Path | None = None,
    seen: Callable[[SubmissionResult, int], None] = lambda *_: None,
    book: Book | None = None,
) -> Report:
    """Grade everything below a path; results come in the order of the files, whoever was ready first.

    `cache`: a folder of results by content, so that what did not change costs nothing and an interrupted run goes on.
    `seen` is told of each result as it comes, with the number of all; `book` keeps each, and knows earlier ones. A
    submission that ran out of time is judged once more, alone, since the machine may have been busy.
    """
    stems = [topic.stem for _, topic in index.load().topics()]
    handed_in = list(discover(path, stems))
    if not handed_in:
        raise CourseError(f"There is no notebook and no zip below {path}.")
    version, results = fingerprint(), dict[int, SubmissionResult]()

    def ask(number: int) -> Future[SubmissionResult]:
        found = handed_in[number]
        return executor.submit(grade_one, found, order, book.known(found) if book else ())

    def done(number: int, result: SubmissionResult, fresh: bool = True) -> None:
        found, results[number] = handed_in[number], result
        if fresh:
            remember(cache, key(found, order, version), result)
        if book:
            book.record(found, result)
        seen(result, len(handed_in))

    for number, found in enumerate(handed_in):
        if known := recall(cache, key(found, order, version), found):
            done(number, known, fresh=False)
    _ask_all([number for number in range(len(handed_in)) if number not in results], ask, done)
    ordered = tuple(results[number] for number in range(len(handed_in)))
    return Report(ordered, index.load().title, order.provider, hashlib.sha256(order.seed.encode()).hexdigest()[:12])


def _ask_all(
    numbers: list[int], ask: Callable[[int], Future[SubmissionResult]], done: Callable[[int, SubmissionResult], None]
) -> None:
    """Ask for results all at once, and once more, alone, for those that ran out of time beside others."""
    waiting: dict[Future[SubmissionResult], int] = {}
    slow: list[int] = []
    try:
        for number in numbers:
            waiting[ask(number)] = number
        for future in as_completed(waiting):
            if len(numbers) > 1 and any(r.ended == "TIMEOUT" for r in future.result().exercises):
                slow.append(waiting[future])
            else:
                done(waiting[future], future.result())
        for number in sorted(slow):
            done(number, ask(number).result())
    finally:
        for future in waiting:
            future.cancel()


def key(found: Found, order: Order, version: str) -> str:
    """Return what identifies a result: what was handed in, how it was graded, by which version of everything."""
    name = Path(found.source).name
    text = json.dumps([asdict(order), version, name, found.refused, hashlib.sha256(found.raw).hexdigest()])
    return hashlib.sha256(text.encode()).hexdigest()


def recall(cache: Path | None, name: str, found: Found) -> SubmissionResult | None:
    """Return a remembered result, for whoever handed in the same file."""
    file = cache / f"{name}.json" if cache else None
    if not file or not file.is_file():
        return None
    try:
        known = submission_from_json(json.loads(file.read_text("utf-8")))
    except (ValueError, KeyError, TypeError):
        return None  # half written or of an older shape: judged again
    return replace(known, student=safe(found.student, 120), source=safe(found.source, 300))


def remember(cache: Path | None, name: str, result: SubmissionResult) -> None:
    """Keep a result by its content, unless it is in doubt."""
    if cache and result.state != "in doubt":
        write_json(to_json(result), cache / f"{name}.json")


def rows(submissions: Iterable[SubmissionResult], points: Mapping[str, float]) -> Iterator[tuple[str, str, str, str]]:
    """Yield student, file, what became of it, points: one row a submission."""
    for s in submissions:
        if s.state == "refused":
            yield s.student, s.source, f"refused: {s.sentence}", "–"
            continue
        told = [f"{r.id.partition('.')[2]} {_short(r)}" for r in s.exercises]
        got = sum(points[r.id] * r.fraction for r in s.exercises)
        best = sum(points[r.id] for r in s.exercises)
        doubt = [f"in doubt: {s.sentence}"] if s.state == "in doubt" else []
        notes = [*s.notes, *(note for r in s.exercises for note in r.notes)]
        yield s.student, s.source, "\n".join([*doubt, *told, *notes]), "?" if doubt else f"{got:.1f}/{best:g}"


def _short(result: ExerciseResult) -> str:
    if not result.attempted:
        return "not attempted"
    passed = sum(c.passed for c in result.checks)
    ended = f", {result.ended.lower().replace('_', ' ')}" if result.ended else ""
    return f"{passed}/{len(result.checks)}{ended}"


def write_json(data: object, path: Path) -> None:
    """Write JSON in one step: a full disk or a kill leaves the old file as it was."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fd, new = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(fd, "w", encoding="utf-8") as file:
                json.dump(data, file, ensure_ascii=False, indent=1)
            Path(new).replace(path)
        except BaseException:
            Path(new).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CourseError(f"{path} cannot be written: {error.strerror}. Give another place with --out.") from None


def schema() -> dict[str, object]:
    """Return the JSON schema of a report."""
    from pydantic import TypeAdapter

    made = TypeAdapter(Report).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "course grade report", **made}
