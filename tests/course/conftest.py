"""A warm judge for the whole session, a bench to put small exercises on, a small course to break."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", tempfile.mkdtemp(prefix="course-hypothesis-"))

from course import index, notebook
from course.authoring import checking, generate
from course.judging.client import Judge
from course.judging.limits import Limits
from course.judging.program import Cell, Task
from course.judging.result import Check, ExerciseResult

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
    with Judge(limits=Limits(time=10.0, memory=256)) as judge:
        yield judge


@pytest.fixture
def bench(warm_judge: Judge, tmp_path: Path) -> Bench:
    return Bench(warm_judge, tmp_path / "scan")


CHAPTER, TOPIC, SLUG = "01-core-python", "01-gates", "count-scans"
NOUNS = "gate seat hold order ticket venue section row steward scanner till queue refund door night number customer"
VERBS = "opens keeps counts refuses prints sends reads waits drops moves closes takes"
CHECKS = "".join(
    f'''

def test_rule_{number}():
    """Rule {number} of the gate holds."""
    assert answer.count_scans(["SCAN"] * {number}) == {number}, "the hall closes at its limit"
'''
    for number in range(6)
)
ANSWER = '''# exercise: core.count-scans
def count_scans(lines: list[str]) -> int:
    """Return how many lines are scans."""
    ### BEGIN SOLUTION
    return sum(line.startswith("SCAN") for line in lines)
    ### END SOLUTION'''


def prose(words: int, seed: str) -> str:
    """Return so many words of plain sentences."""
    pick = random.Random(seed).choice
    text = [pick((NOUNS if n % 2 else VERBS).split()) for n in range(words)]
    return " ".join(text).capitalize() + "."


class SmallCourse:
    """A course of one topic with one exercise, in which no rule finds anything.

    Change `index`, `reading`, `solutions` or `files`, then `build()`; later changes to the tree go through `edit`.
    """

    def __init__(self, root: Path) -> None:
        self.root, self.folder = root, f"tests/exercises/{CHAPTER}/{SLUG}"
        self.page, self.source = f"notebooks/{CHAPTER}/{TOPIC}.ipynb", f"solutions/{CHAPTER}/{TOPIC}.ipynb"
        lab = {"slug": "gate", "title": "Gate", "status": "planned"}
        exercise = {"id": f"core.{SLUG}", "title": "Nine scans", "level": 2, "kind": "build", "points": 10}
        self.topic: dict[str, Any] = {
            "stem": TOPIC, "title": "The gate", "roadmap": "gates", "status": "written", "minutes": 40,
            "prior": "Functions.", "objectives": ["Count scans."], "exercises": [exercise],
        }  # fmt: skip
        planned = {"stem": "02-later", "title": "Later", "roadmap": "later", "status": "planned"}
        self.index: dict[str, Any] = {
            "title": "Gates", "repository": "https://example.org/gates", "retired": [], "capstone": lab,
            "chapters": [
                {"slug": CHAPTER, "title": "Core", "claim": "A claim", "lab": lab, "topics": [self.topic, planned]}
            ],
        }  # fmt: skip
        self.reading, self.solutions = notebook.blank(reading()), notebook.blank(exercises())
        self.files: dict[str, str] = {f"book/{name}.md": f"# {name}\n" for name in ("index", "start", "glossary")}
        self.files |= {f"book/guides/{name}.md": f"# {name}\n" for name in generate.GUIDES}
        self.files["README.md"] = "# Gates\n\n<!-- course:table -->\n<!-- /course:table -->\n"
        self.files[f"book/{CHAPTER}.md"] = "# Core\n\n<!-- course:topics -->\n<!-- /course:topics -->\n"
        self.files[f"{self.folder}/public/test_scans.py"] = "import answer\n" + CHECKS
        self.files[f"{self.folder}/withheld/test_scans_more.py"] = "import answer\n" + CHECKS.replace("rule_", "more_")
        code = "# exercise: core.count-scans\ndef count_scans(lines):\n    return len(lines)\n"
        for number in range(3):
            opening = f"# Mistake {number}.\n# fails: test_rule_{number}\n# says: closes at\n"
            self.files[f"{self.folder}/wrong/mistake_{number}.py"] = opening + code
        self.files[f"{self.folder}/alternatives/loop.py"] = "# Counts in a loop.\n" + code

    def cell(self, name: str) -> dict[str, Any]:
        """Return a cell of the topic's notebook or of its exercises."""
        return next(cell for cell in (*self.reading["cells"], *self.solutions["cells"]) if cell["id"] == name)

    def write(self) -> SmallCourse:
        """Write every file, and derive nothing."""
        texts = {
            "course.yml": yaml.safe_dump(self.index, sort_keys=False),
            self.page: notebook.text(self.reading),
            self.source: notebook.text(self.solutions),
        }
        for name, text in {**texts, **self.files}.items():
            self.put(name, text)
        return self

    def build(self) -> SmallCourse:
        """Write every file and what is derived from it."""
        self.write()
        generate.write(self.load(), self.root)
        return self

    def load(self) -> index.Course:
        """Return the index as it stands on the disk."""
        return index.load(self.root / "course.yml")

    def put(self, name: str, text: str) -> SmallCourse:
        """Write one file."""
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text, "utf-8")
        return self

    def edit(self, name: str, old: str, new: str) -> SmallCourse:
        """Replace a text that stands in a file once."""
        text = (self.root / name).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        return self.put(name, text.replace(old, new))

    def read(self, name: str) -> str:
        """Return a file."""
        return (self.root / name).read_text("utf-8")

    def report(self) -> checking.Report:
        """Apply every rule."""
        return checking.check(self.root)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the course's command line on this tree, with a copy of the package."""
        shutil.copytree(index.root() / "course", self.root / "course", ignore=shutil.ignore_patterns("__pycache__"))
        command = [sys.executable, "-m", "course.cli", *arguments]
        return subprocess.run(command, cwd=self.root, capture_output=True, text=True, timeout=60)

    def found(self, rule: str) -> str:
        """Return the lines of one rule."""
        report = self.report()
        return "\n".join(str(each) for each in (*report.structure, *report.style) if each.rule == rule)


def reading() -> list[notebook.NotebookCell]:
    """Return the cells of a topic's notebook that has every part."""
    parts = {
        "incident": f"## 22:51\n\n{prose(70, 'incident')} At 22:51 gate 7 opened for 340 people. Why?",
        "costs": "## What it costs\n\n| Cost | Here |\n|---|---|\n| **Do not use it when** | never |\n\n**Rejected:** more.",
        "pitfalls": "## Pitfalls\n\n* Mind the gate: [seen here](#cell-id=run-3).\n* And the [door](#cell-id=run-4).\n",
        "closing": f"{prose(40, 'closing')} Still unsafe: the door. **Source:** [a manual](https://example.org).",
    }
    cells = [notebook.markdown("head", "# placeholder"), notebook.markdown("incident", parts["incident"])]
    for number in range(1, 15):
        cells.append(notebook.code(f"run-{number}", f"scans = {number}\nscans + 1"))
        output = {"output_type": "execute_result", "data": {"text/plain": [f"{number + 1}"]}, "metadata": {}}
        cells[-1] |= {"execution_count": number, "outputs": [{**output, "execution_count": number}]}
        asked = "\n\n**Predict:** how many?" if number < 5 else ""
        cells.append(notebook.markdown(f"why-{number}", prose(80, f"why {number}") + asked))
    cells[2]["source"] = "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    print(error)"
    return [*cells, *(notebook.markdown(name, parts[name]) for name in ("costs", "pitfalls", "closing"))]


def exercises() -> list[notebook.NotebookCell]:
    """Return the cells of the exercises' source."""
    details = "<details><summary>Hint {0}</summary>\n\n{1}\n\n</details>"
    hints = "\n".join(details.format(n, prose(20, f"hint {n}")) for n in (1, 2))
    return [
        notebook.markdown("head", "# placeholder"),
        notebook.code("setup", "from course import check, progress"),
        notebook.markdown(f"{SLUG}-heading", "# placeholder"),
        notebook.markdown(f"{SLUG}-statement", prose(120, "statement")),
        notebook.markdown(f"{SLUG}-hints", hints),
        notebook.code(f"{SLUG}-answer", ANSWER, "answer"),
        notebook.code(f"{SLUG}-check", f'check("core.{SLUG}")', "check"),
    ]


@pytest.fixture
def small(tmp_path: Path) -> SmallCourse:
    """A course to break."""
    return SmallCourse(tmp_path)
