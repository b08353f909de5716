"""Find submissions that are more alike than independent work: fingerprints of answers, names and comments apart.

Copydetect makes the fingerprints (winnowing as in Moss: Schleimer, Wilkerson, Aiken, 2003) with a window of one, since
answers are short: every run of RUN characters of an answer, its names replaced, is kept. What the stub, the given code
or much of the class has is nobody's copy and does not count.
"""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from course import index
from course.errors import CourseError
from course.grading.submissions import cells, discover
from course.judging import bank
from course.judging.program import plan

RUN = 25  # characters, names counting one each
ENOUGH = 40  # runs that two students share, below which likeness means nothing
SHARE = 0.7  # of the smaller one's runs
SHARED_BY = 5  # students, or a fifth of them, above whom a run is common knowledge

Line = tuple[str, bool]  # its text, and whether it stands in both
Answers = Mapping[tuple[str, str], Mapping[str, str]]  # (student, source) to exercise to answer cell


@dataclass(frozen=True)
class Passage:
    """The answers of two students to one exercise. `same` says that they are equal word for word, comments included."""

    exercise: str
    left: tuple[Line, ...]
    right: tuple[Line, ...]
    same: bool


@dataclass(frozen=True)
class Pair:
    """Two students and how alike they are: the share, 0 to 1, of the smaller one's runs that both have."""

    left: str
    right: str
    share: float
    passages: tuple[Passage, ...]

    @property
    def same(self) -> int:
        """The number of answers that are equal word for word."""
        return sum(passage.same for passage in self.passages)


def answers(path: Path, ids: Sequence[str]) -> dict[tuple[str, str], dict[str, str]]:
    """Return the attempted answers below a path, by (student, file) and exercise; nothing is run.

    Files that cannot be read are left out: grading told of them.
    """
    tasks = [bank.task(index.root(), name) for name in ids]
    found: dict[tuple[str, str], dict[str, str]] = {}
    for each in discover(path, [topic.stem for _, topic in index.load().topics()]):
        if each.refused:
            continue
        try:
            _, planned = plan(cells(each.raw, Path(each.source).name), tasks)
        except CourseError:
            continue
        held = {name: answer.source for name, answer in planned.items() if answer.attempted}
        found.setdefault((each.student, each.source), {}).update(held)
    return found


def pairs(written: Mapping[str, Mapping[str, str]], given: Mapping[str, Sequence[str]], most: int = 20) -> list[Pair]:
    """Return the pairs of students that are more alike than chance, the likest first.

    `written`: student to exercise to answer; `given`: exercise to texts that everybody was given.
    """
    prints = {
        student: {name: _print(text) for name, text in texts.items()} for student, texts in sorted(written.items())
    }
    for name in sorted({name for texts in written.values() for name in texts}):
        _forget(name, [made[name] for made in prints.values() if name in made], given.get(name, ()))
    shared, totals = _shared(prints), {s: sum(len(p.hashes) for p in made.values()) for s, made in prints.items()}
    found = []
    for left, right in combinations(prints, 2):
        both = prints[left].keys() & prints[right].keys()
        same = {name for name in both if _words(written[left][name]) == _words(written[right][name])}
        same = {name for name in same if len(prints[left][name].filtered_code) >= ENOUGH}
        share = shared[left, right] / max(min(totals[left], totals[right]), 1)
        if same or (shared[left, right] >= ENOUGH and share >= SHARE):
            passages = [_passage(name, prints[left][name], prints[right][name], name in same) for name in sorted(both)]
            told = tuple(p for p in passages if p.same or any(marked for _, marked in p.left))
            found.append(Pair(left, right, share, told))
    return sorted(found, key=lambda pair: (-pair.same, -pair.share, pair.left, pair.right))[:most]


def given(ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return what everybody was given for each exercise: its stub and given code."""
    tasks = [bank.task(index.root(), name) for name in ids]
    return {task.id: (task.stub, task.text("given.py")) for task in tasks}


def _print(text: str) -> Any:
    from copydetect import CodeFingerprint  # it imports matplotlib, which takes a second

    return CodeFingerprint("answer.py", RUN, 1, fp=io.StringIO(text), language="python")


def _forget(name: str, prints: Sequence[Any], texts: Sequence[str]) -> None:
    """Drop the runs of an exercise that are given or common.

    Copydetect's own `boilerplate` would also drop any run that an answer repeats.
    """
    owners = Counter(run for made in prints for run in made.hashes)
    common = {run for run, count in owners.items() if count > max(SHARED_BY, len(prints) // 5)}
    common |= {run for text in texts if text for run in _print(text).hashes}
    for made in prints:
        made.hashes -= common
        made.hash_idx = {run: places for run, places in made.hash_idx.items() if run not in common}


def _shared(prints: Mapping[str, Mapping[str, Any]]) -> Counter[tuple[str, str]]:
    """Return how many runs each pair of students has in common, exercise by exercise."""
    owners: dict[tuple[str, int], list[str]] = defaultdict(list)
    for student, made in prints.items():
        for name, each in made.items():
            for run in each.hashes:
                owners[name, run].append(student)
    return Counter(pair for students in owners.values() for pair in combinations(students, 2))


def _passage(name: str, left: Any, right: Any, same: bool) -> Passage:
    from copydetect import compare_files

    _, _, (one, other) = compare_files(left, right)
    return Passage(name, _lines(left.raw_code, one, same), _lines(right.raw_code, other, same), same)


def _lines(text: str, slices: Any, same: bool) -> tuple[Line, ...]:
    """Return the lines of an answer; marked are those of which more than half stands in both."""
    spans = [(int(a), int(b)) for a, b in zip(*slices, strict=True)] if len(slices) else []
    lines, start = [], 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        begin = start + (line.find(body) if body else 0)
        covered = sum(max(0, min(b, begin + len(body)) - max(a, begin)) for a, b in spans)
        lines.append((line.rstrip("\r\n"), bool(body) and (same or covered * 2 > len(body))))
        start += len(line)
    return tuple(lines)


def _words(text: str) -> list[str]:
    return text.split()
