"""A warm judge for the whole session, and a bench to put small exercises on."""

from __future__ import annotations

import os
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", tempfile.mkdtemp(prefix="course-hypothesis-"))

from course.client import Judge
from course.program import Cell, Task
from course.result import Check, ExerciseResult
from course.sandbox import Limits

EXERCISE = "gate.scan"


class Bench:
    """One exercise in a folder of its own, and the judge that is asked about answers to it."""

    def __init__(self, judge: Judge, folder: Path) -> None:
        self.asked, self.folder, self.stub = judge, folder, "raise NotImplementedError"
        self.name = EXERCISE

    def file(self, name: str, source: str) -> Bench:
        """Write a file of the exercise, such as given.py or withheld/test_more.py."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(source), "utf-8")
        return self

    def check(self, source: str, name: str = "public/test_scan.py") -> Bench:
        """Write checks, with what every one of them imports."""
        head = (
            "import asyncio\nimport operator\nimport pytest\nimport answer\nfrom course.checks import inout, inside\n"
        )
        return self.file(name, head + textwrap.dedent(source))

    def answer(self, source: str) -> str:
        """Return an answer cell."""
        return f"# exercise: {self.name}\n{textwrap.dedent(source)}"

    def task(self) -> Task:
        """Return what the judge needs of the exercise."""
        return Task(self.name, self.folder, self.answer(self.stub))

    def judge(self, *sources: str, seed: str = "0", only: tuple[str, ...] = ()) -> ExerciseResult:
        """Judge a program: the sources of its cells, called cell 1, cell 2, …; each is dedented."""
        cells = [Cell(textwrap.dedent(source), f"cell {n}") for n, source in enumerate(sources, 1)]
        [result] = self.asked.judge(cells, [self.task()], seed, only)
        return result

    def judged(self, source: str, seed: str = "0") -> ExerciseResult:
        """Judge a program of one cell, the answer."""
        return self.judge(self.answer(source), seed=seed)

    def one(self, check: str, source: str) -> Check:
        """Judge an answer by one check and return what became of it."""
        [result] = self.check(check).judged(source).checks
        return result


@pytest.fixture(scope="session")
def warm_judge() -> Iterator[Judge]:
    """One judge for all tests of this worker."""
    with Judge(limits=Limits(time=2.0, memory=256)) as judge:
        yield judge


@pytest.fixture
def bench(warm_judge: Judge, tmp_path: Path) -> Bench:
    return Bench(warm_judge, tmp_path / "scan")
