"""The assignment as a small course of its own, with a copy of the package, graded by `course grade`."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import yaml

from course import index, notebook

from .assignment import EXERCISES, answers

CHAPTER, TOPIC = "01-boxoffice", "01-counter"


def build(root: Path, students: range) -> None:
    """Write the course and what was handed in."""
    lab = {"slug": "counter", "title": "Counter", "status": "planned"}
    exercises = [{"id": f"box.{e.slug}", "title": e.name, "level": 1, "kind": "build", "points": 10} for e in EXERCISES]
    topic = {"stem": TOPIC, "title": "The counter", "roadmap": "functions", "status": "written", "minutes": 40,
             "prior": "Functions.", "objectives": ["Write functions."], "exercises": exercises}  # fmt: skip
    chapter = {"slug": CHAPTER, "title": "Boxoffice", "claim": "A claim", "lab": lab, "topics": [topic]}
    course = {"title": "Boxoffice", "repository": "https://example.org/b", "retired": [], "capstone": lab,
              "chapters": [chapter]}  # fmt: skip
    _write(root / "course.yml", yaml.safe_dump(course, sort_keys=False))
    shutil.copytree(index.root() / "course", root / "course", ignore=shutil.ignore_patterns("__pycache__"))
    _write(root / "exercises" / CHAPTER / f"{TOPIC}.ipynb", _notebook({e.name: e.source("stub") for e in EXERCISES}))
    for e in EXERCISES:
        checks = [f"def test_{e.name}_{n}():\n    assert answer.{truth}" for n, truth in enumerate(e.truths, 1)]
        text = "import answer\n\n\n" + "\n\n\n".join(checks) + "\n"
        _write(root / "tests" / "exercises" / CHAPTER / e.slug / "public" / f"test_{e.name}.py",
               text.replace("assert answer.sum(", "assert sum(answer."))  # fmt: skip
    for student in students:
        _write(root / "submitted" / f"s{student:02}" / f"{TOPIC}.ipynb", _notebook(answers(student)))


def _notebook(sources: dict[str, str]) -> str:
    cells = [notebook.code("setup", "from course import check, progress")]
    for e in EXERCISES:
        cells.append(notebook.code(f"{e.slug}-answer", f"# exercise: box.{e.slug}\n{sources[e.name]}"))
        cells.append(notebook.code(f"{e.slug}-check", f'check("box.{e.slug}")'))
    return notebook.text(notebook.blank(cells))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def command(root: Path, workers: int) -> list[str]:
    """Return the command that grades everything, in `root`; its cache is new each time."""
    shutil.rmtree(root / "graded", ignore_errors=True)
    return [sys.executable, "-m", "course.cli", "grade", "submitted", "--out", "graded", "--provider", "bubblewrap",
            "--workers", str(workers)]  # fmt: skip


def verdicts(root: Path) -> dict[int, dict[str, bool]]:
    """Return which exercises each student solved."""
    report = json.loads((root / "graded" / "results.json").read_text("utf-8"))
    names = {f"box.{e.slug}": e.name for e in EXERCISES}
    return {
        int(s["student"][1:]): {
            names[r["id"]]: r["attempted"] and all(c["verdict"] == "PASS" for c in r["checks"]) for r in s["exercises"]
        }
        for s in report["submissions"]
    }
