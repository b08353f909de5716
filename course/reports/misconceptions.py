"""Recognise common wrong answers: by the checks they fail, and by what they gave back there.

Each file of an exercise's wrong/ opens with the misconception it holds. It is judged as a submission is, once for
each content and seed, and what students handed in is compared with that.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from course import index
from course.authoring.proof import HEADERS, cell_of
from course.grading.grade import write_json
from course.judging import bank, versions
from course.judging.client import Judge
from course.judging.result import Check, ExerciseResult, exercise_from_json, to_json

ADDRESS = re.compile(r"0x[0-9a-f]+")


@dataclass(frozen=True)
class Known:
    """One wrong answer that the course knows: its name, a sentence, and how it was judged."""

    name: str
    result: ExerciseResult


@dataclass(frozen=True)
class Seen:
    """A wrong answer that several handed in. `known` says whether it has a name from wrong/, or only the checks it fails."""

    exercise: str
    name: str
    known: bool
    students: tuple[str, ...]


def known(ids: Iterable[str], seed: str = "0", cache: Path | None = None) -> dict[str, tuple[Known, ...]]:
    """Return the wrong answers of exercises by id, judged with an assignment's seed.

    They are the course's own code, so the lighter sandbox does. In a student bundle there are none.
    """
    found: dict[str, tuple[Known, ...]] = {}
    with Judge("process") as judge:
        for name in ids:
            files = sorted(bank.paths(index.root(), name)[1].glob("wrong/*.py"))
            found[name] = tuple(_judged(judge, name, file, seed, cache) for file in files)
    return found


def _judged(judge: Judge, exercise: str, file: Path, seed: str, cache: Path | None) -> Known:
    """Judge one wrong answer, or recall how it was judged."""
    match = HEADERS.match(file.read_text("utf-8"))
    name = match["name"].strip() if match else file.stem.replace("_", " ")
    kept = cache / f"wrong-{_version(exercise, file, seed)}.json" if cache else None
    if kept and kept.is_file():
        try:
            return Known(name, exercise_from_json(json.loads(kept.read_text("utf-8"))))
        except (ValueError, KeyError, TypeError):
            pass  # half written or of an older shape: judged again
    task = bank.task(index.root(), exercise)
    program = bank.program(bank.paths(index.root(), exercise)[0])
    [result] = judge.judge(bank.replaced(program, exercise, cell_of(file, exercise)), [task], seed)
    if kept and result.settled:
        write_json(to_json(result), kept)
    return Known(name, result)


def _version(exercise: str, file: Path, seed: str) -> str:
    """Return a hash of all that a wrong answer's result depends on."""
    parts = [versions.fingerprint(exercise), seed, file.name, file.read_text("utf-8")]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def recognise(result: ExerciseResult, wrong: Sequence[Known]) -> str:
    """Return the name of the wrong answer that a result is like, or nothing.

    It fails the same checks, and where both were asked the same, it gave the same back in at least half of them; of
    several, those that agree most are named. Else a wrong answer counts whose every failure is there, with the same
    value in each that can be compared: the answer makes that mistake and another one.
    """
    failed = {check.name: check for check in result.checks if not check.passed}
    best, names = 0.0, list[str]()
    for candidate in wrong if failed and result.attempted else ():
        theirs = {c.name: c for c in candidate.result.checks if not c.passed and c.name in _names(result)}
        if not theirs or not theirs.keys() <= failed.keys():
            continue
        told = [_same(failed[name], check) for name, check in theirs.items()]
        compared = [same for same in told if same is not None]
        share = sum(compared) / len(compared) if compared else 0.0
        whole = theirs.keys() == failed.keys()
        if not (share >= 0.5 or not compared if whole else share == 1.0):
            continue
        score = whole + share
        if score > best or not names:
            best, names = score, []
        if score == best:
            names.append(candidate.name)
    return " Or: ".join(names)


def _names(result: ExerciseResult) -> set[str]:
    return {check.name for check in result.checks}


def _same(one: Check, other: Check) -> bool | None:
    """Say whether two answers behave alike in a check; None where they were not asked the same."""
    if (_plain(one.call), one.expected) != (_plain(other.call), other.expected) or not (one.got or other.got):
        return None
    return one.verdict == other.verdict and _plain(one.got) == _plain(other.got)


def _plain(text: str) -> str:
    return ADDRESS.sub("0x…", text)


def common(results: Iterable[tuple[str, ExerciseResult]], wrong: dict[str, tuple[Known, ...]]) -> list[Seen]:
    """Return the wrong answers of (student, result) pairs, the commonest first.

    Those without a name are kept where two or more fail the same checks with the same values: perhaps wrong/ lacks one.
    """
    groups: dict[tuple[str, bool, str, tuple[str, ...]], list[str]] = {}
    for student, result in results:
        failed = [check for check in result.checks if not check.passed]
        if not result.attempted or not failed or not result.settled:
            continue
        name = recognise(result, wrong.get(result.id, ()))
        behaviour = () if name else tuple(f"{c.name} {c.verdict} {_plain(c.got)}" for c in failed)
        words = name or "Fails " + "; ".join(f"“{check.description}”" for check in failed[:3])
        more = f", and {len(failed) - 3} more" if not name and len(failed) > 3 else ""
        groups.setdefault((result.id, bool(name), words + more, behaviour), []).append(student)
    seen = [
        Seen(exercise, words, named, tuple(students))
        for (exercise, named, words, _), students in groups.items()
        if named or len(students) > 1
    ]
    return sorted(seen, key=lambda each: (not each.known, -len(each.students), each.exercise, each.name))
