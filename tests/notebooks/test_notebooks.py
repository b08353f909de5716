"""Every notebook prints what it shows, and nbval would notice if it did not."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from course import index
from course.authoring.execute import CANONICAL, canonical, compare, run
from course.errors import CourseError

ROOT = index.root()
MEASURING = {f"{chapter.slug}/{topic.stem}" for chapter, topic in index.load().topics() if topic.measures}
canonical_python = pytest.mark.skipif(
    sys.version_info[:2] != CANONICAL, reason="outputs are compared on Python 3.11, whose outputs are committed"
)


def notebooks(tree: str) -> list[Any]:
    """Return the notebooks of a tree as parameters; those that measure run alone."""
    paths = sorted((ROOT / tree).glob("*/*.ipynb"))
    names = {path: f"{path.parent.name}/{path.stem}" for path in paths}
    paths.sort(key=lambda path: names[path] in MEASURING)
    return [pytest.param(p, id=names[p], marks=[pytest.mark.alone] if names[p] in MEASURING else []) for p in paths]


@pytest.mark.parametrize("path", notebooks("notebooks"))
def test_a_notebook_prints_what_it_shows(path: Path) -> None:
    assert compare(path) is None


@canonical_python
@pytest.mark.parametrize("path", notebooks("notebooks"))
def test_a_changed_output_is_noticed(path: Path, tmp_path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    changed = change_one_output(notebook)
    copy = tmp_path / path.name
    nbformat.write(notebook, copy)
    said = compare(copy)
    assert said is not None
    assert f"::Cell {changed} " in said
    assert "1 failed" in said


def change_one_output(notebook: NotebookNode) -> int:
    """Alter the first compared text in a notebook and cut it off there; return the number of that code cell."""
    number = -1
    for place, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        number += 1
        if "nbval-ignore-output" in cell.metadata.get("tags", []):
            continue
        for output in cell.outputs:
            if output.output_type == "stream" and output.text.strip():
                output.text = f"{output.text.rstrip()} and one seat more\n"
            elif output.output_type == "execute_result" and "text/plain" in output.data:
                output.data["text/plain"] += " and one seat more"
            else:
                continue
            del notebook.cells[place + 1 :]
            return number
    raise AssertionError("the notebook has no output that is compared")


@pytest.mark.parametrize("path", notebooks("notebooks"))
def test_a_notebook_is_committed_as_course_execute_writes_it(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    canonical(notebook, path.name)
    assert nbformat.writes(notebook) + "\n" == path.read_text(encoding="utf-8"), f"run: course execute {path.stem}"


@pytest.mark.parametrize("path", notebooks("solutions"))
def test_a_solution_passes_all_its_checks(path: Path) -> None:
    for said in checks(path):
        assert re.search(r": (\d+) of \1 public checks pass\b", said), said


@pytest.mark.parametrize("path", notebooks("exercises"))
def test_an_exercise_reports_not_attempted(path: Path) -> None:
    for said in checks(path):
        assert ": Not attempted" in said


def checks(path: Path) -> list[str]:
    """Run a notebook whose answers may raise; return what each of its check cells printed."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if "answer" in cell.metadata.get("tags", []):
            cell.metadata["tags"] = [*cell.metadata.tags, "raises-exception"]
    run(notebook, path.name)
    said = [printed(cell) for cell in notebook.cells if "check" in cell.metadata.get("tags", [])]
    assert said
    return said


def printed(cell: NotebookNode) -> str:
    """Return all text that a cell printed or showed."""
    texts = [output.get("text", "") + output.get("data", {}).get("text/plain", "") for output in cell.outputs]
    return "\n".join(texts)


def test_a_cell_that_raises_is_named() -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 / 0", id="divide")])
    with pytest.raises(CourseError, match=r"gates\.ipynb, cell divide: ZeroDivisionError"):
        run(notebook, "gates.ipynb")


@pytest.mark.parametrize("tree", ["exercises", "solutions"])
def test_exercises_and_solutions_are_committed_without_outputs(tree: str) -> None:
    for path in sorted((ROOT / tree).glob("*/*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            assert not cell.get("outputs"), f"{path.name}, cell {cell.id}"
            assert cell.get("execution_count") is None, f"{path.name}, cell {cell.id}"
