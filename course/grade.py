"""Grade what was handed in: one function a submission, run by any executor, remembered by content."""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, as_completed
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from course import bank, index
from course.client import Judge
from course.errors import CourseError
from course.index import Course
from course.program import FILE_HEADER, Cell, header
from course.result import ExerciseResult, Report, SubmissionResult, safe, submission_from_json, to_json
from course.submissions import Found, cells, discover

JUDGES = threading.local()
SOURCES = "cells checks client judge program result sandbox session standin wire worker".split()  # noqa: SIM905


@dataclass(frozen=True)
class Order:
    """How to grade. `only`: the visibilities of checks wanted, all where it is empty; `seed`: the assignment's secret."""

    provider: str
    only: tuple[str, ...] = ()
    seed: str = "0"


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


def grade_one(found: Found, order: Order) -> SubmissionResult:
    """Grade one file with the warm judge of this thread; whatever is wrong with the file is a sentence in its result."""
    student, source = safe(found.student, 120), safe(found.source, 300)
    if found.refused:
        return SubmissionResult(student, source, "refused", safe(found.refused))
    try:
        program = cells(found.raw, Path(found.source).name)
    except CourseError as error:
        return SubmissionResult(student, source, "refused", safe(error))
    course, root = index.load(), index.root()
    ids, remarks = expected(course, program, found.source)
    notes = tuple(safe(remark) for remark in remarks)
    if not ids:
        why = "No cell in it opens with `# exercise: …`, and its name tells no topic; look at it, or rename it name_topic.ipynb."
        return SubmissionResult(student, source, "in doubt", why, (), notes)
    tasks = [bank.task(root, i) for i in ids]
    try:
        results = tuple(_judge(order).judge(program, tasks, order.seed, order.only, skip_stubs=True))
    except CourseError as error:
        return SubmissionResult(student, source, "in doubt", safe(error), (), notes)
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
) -> Report:
    """Grade everything below a path; results come in the order of the files, whoever was ready first.

    `cache`: a folder of results by content, so that what did not change costs nothing and an interrupted run goes on.
    `seen` is told of each result as it comes, with the number of all. A submission that ran out of time is judged once
    more, alone, since the machine may have been busy.
    """
    stems = [topic.stem for _, topic in index.load().topics()]
    handed_in = list(discover(path, stems))
    if not handed_in:
        raise CourseError(f"There is no notebook and no zip below {path}.")
    version, results = fingerprint(), dict[int, SubmissionResult]()
    waiting: dict[Future[SubmissionResult], int] = {}
    for number, found in enumerate(handed_in):
        known = recall(cache, key(found, order, version), found)
        if known:
            results[number] = known
            seen(known, len(handed_in))
        else:
            waiting[executor.submit(grade_one, found, order)] = number
    for future in as_completed(waiting):
        number = waiting[future]
        result = future.result()
        if any(r.ended == "TIMEOUT" for r in result.exercises) and len(waiting) > 1:
            continue
        results[number] = result
        remember(cache, key(handed_in[number], order, version), result)
        seen(result, len(handed_in))
    for number, found in enumerate(handed_in):
        if number not in results:
            results[number] = executor.submit(grade_one, found, order).result()
            remember(cache, key(found, order, version), results[number])
            seen(results[number], len(handed_in))
    ordered = tuple(results[number] for number in range(len(handed_in)))
    return Report(ordered, index.load().title, order.provider, hashlib.sha256(order.seed.encode()).hexdigest()[:12])


def fingerprint() -> str:
    """Return a hash of everything but the submission that a result depends on: checks, stubs, judge."""
    root, digest = index.root(), hashlib.sha256()
    files = [root / "course" / f"{name}.py" for name in SOURCES]
    files += sorted((root / "tests" / "exercises").rglob("*.*")) + sorted((root / "exercises").rglob("*.ipynb"))
    for file in files:
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


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


def rows(submissions: Iterable[SubmissionResult], points: dict[str, int]) -> Iterator[tuple[str, str, str, str]]:
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
        yield s.student, s.source, "\n".join([*doubt, *told, *notes]), "?" if doubt else f"{got:.1f}/{best}"


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
