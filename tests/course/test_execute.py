"""`course execute`: what it writes, and what it refuses to write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course.authoring.execute import canonical, chosen, compare, execute, machine_path, run
from course.errors import CourseError

INDEX = """
title: A course
repository: https://example.org/course
retired: []
capstone: {slug: end, title: End, status: planned}
chapters:
- slug: 01-core-python
  title: Core
  claim: A gate
  lab: {slug: gate, title: Gate, status: planned}
  topics: []
"""


def save(root: Path, name: str, *sources: str, **tags: list[str]) -> Path:
    """Write a notebook of code cells named a, b, c, …; `tags` gives tags by cell name."""
    cells: list[Any] = []
    for key, source in zip("abcdefgh", sources, strict=False):
        metadata = {"tags": tags[key]} if key in tags else {}
        cells.append(nbformat.v4.new_code_cell(source, id=key, metadata={**metadata, "collapsed": False}))
    path = root / "notebooks/01-core-python" / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"mine": 1}), path)
    return path


def load(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "course.yml").write_text(INDEX, encoding="utf-8")
    return tmp_path


def test_outputs_and_numbers_are_written_and_nothing_that_varies(root: Path) -> None:
    path = save(root, "01-gates", "print('open')\nprint('closed')", "6 * 7")
    assert execute(root=root) == [path]
    done = load(path)
    assert [cell["execution_count"] for cell in done["cells"]] == [1, 2]
    assert done["cells"][0]["outputs"] == [{"name": "stdout", "output_type": "stream", "text": ["open\n", "closed\n"]}]
    assert done["cells"][1]["outputs"][0]["data"] == {"text/plain": ["42"]}
    assert [cell["metadata"] for cell in done["cells"]] == [{}, {}]
    assert done["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    assert compare(path, exact=True) is None
    before = path.read_bytes()
    assert execute(root=root) == []
    assert path.read_bytes() == before


def test_a_notebook_runs_in_an_empty_folder_and_leaves_nothing_beside_itself(root: Path) -> None:
    path = save(root, "01-gates", "import pathlib\nprint(list(pathlib.Path().iterdir()))\npathlib.Path('x').touch()")
    execute(root=root)
    assert load(path)["cells"][0]["outputs"][0]["text"] == ["[]\n"]
    assert list(path.parent.iterdir()) == [path]


def test_an_expected_error_is_kept_without_the_folders_of_this_machine(root: Path) -> None:
    path = save(root, "01-gates", "import json\njson.loads('{')", a=["raises-exception"])
    execute(root=root)
    (output,) = load(path)["cells"][0]["outputs"]
    assert output["ename"] == "JSONDecodeError"
    assert "…/decoder.py" in "".join(output["traceback"])
    assert machine_path(output) is None


def test_an_unexpected_error_names_the_cell_and_the_others_are_written(root: Path) -> None:
    broken = save(root, "01-gates", "print(1)", "1 / 0")
    good = save(root, "02-tills", "print(2)")
    before = broken.read_bytes()
    with pytest.raises(CourseError, match=r"01-core-python/01-gates\.ipynb, cell b: ZeroDivisionError"):
        execute(root=root)
    assert broken.read_bytes() == before
    assert load(good)["cells"][0]["outputs"]


@pytest.mark.parametrize(
    "source",
    [
        "import sys\nsys.executable",
        "import os\nprint(os.getcwd())",
        "from pathlib import Path\nprint(Path.home() / 'x')",
    ],
)
def test_an_output_with_a_path_of_this_machine_is_refused(root: Path, source: str) -> None:
    save(root, "01-gates", source)
    with pytest.raises(CourseError, match=r"cell a: its output names /.*a path of this machine"):
        execute(root=root)


def test_an_address_or_a_relative_path_is_no_path_of_this_machine() -> None:
    assert machine_path([{"text": "GET https://boxoffice.example/home/seats and labs/home/x and a/tmp/b"}]) is None


def test_an_empty_code_cell_is_refused(root: Path) -> None:
    save(root, "01-gates", "print(1)", "", "print(2)")
    with pytest.raises(CourseError, match="cell b: it did not run as number 2"):
        execute(root=root)


def test_a_notebook_is_chosen_by_stem_chapter_or_path(root: Path) -> None:
    gates, _ = save(root, "01-gates"), save(root, "02-tills")
    for name in ("01-gates", "01-core-python/01-gates", "notebooks/01-core-python/01-gates.ipynb", str(gates)):
        assert chosen([name], root) == [gates]
    with pytest.raises(CourseError, match="Did you mean 01-gates"):
        chosen(["01-gate"], root)


def test_a_difference_is_reported_with_what_came_and_what_was_shown(root: Path) -> None:
    path = save(root, "01-gates", "print('open')")
    execute(root=root)
    path.write_text(path.read_text(encoding="utf-8").replace("open\\n", "shut\\n", 1), encoding="utf-8")
    said = compare(path, exact=True)
    assert said is not None
    assert "open" in said
    assert "shut" in said
    assert compare(path, exact=False) is None


def test_only_tags_and_picture_texts_stay_of_a_cells_metadata() -> None:
    cell = nbformat.v4.new_code_cell("1", metadata={"tags": ["given"], "mystnb": {"image": {"alt": "a"}}, "jp": 1})
    cell.execution_count = 1
    notebook = nbformat.v4.new_notebook(cells=[cell])
    canonical(notebook, "x")
    assert dict(notebook.cells[0].metadata) == {"tags": ["given"], "mystnb": {"image": {"alt": "a"}}}


def run_one(folder: Path) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("print(7 * 6)", id="seats")])
    assert run(notebook, "gates.ipynb").cells[0].outputs[0].text == "42\n"


def compare_one(folder: Path) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("print(7 * 6)", id="seats")])
    nbformat.write(run(notebook, "gates.ipynb"), folder / "gates.ipynb")
    (folder / "died").unlink()
    assert compare(folder / "gates.ipynb", exact=True) is None


@pytest.mark.parametrize("way", [run_one, compare_one])
def test_a_kernel_that_dies_before_it_is_asked_is_started_again(tmp_path: Path, monkeypatch, way) -> None:
    died = tmp_path / "died"
    (tmp_path / "sitecustomize.py").write_text(
        "import os, sys\n"
        f"if 'ipykernel_launcher' in sys.orig_argv and not os.path.exists({str(died)!r}):\n"
        f"    open({str(died)!r}, 'w').close()\n"
        "    os._exit(1)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    way(tmp_path)
    assert died.exists()
