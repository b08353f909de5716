"""What course.yml decides: the files that follow from it, and how a stale one is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from course import index, notebook
from course.authoring import generate
from course.errors import CourseError

from .conftest import SmallCourse


def first_cell(small: SmallCourse, name: str) -> str:
    """Return the first cell of a notebook on the disk."""
    return str(notebook.read(small.root / name)["cells"][0]["source"])


def test_nothing_is_stale_in_this_course() -> None:
    assert list(generate.stale(index.load(), index.root())) == []


def test_deriving_twice_changes_nothing(small: SmallCourse) -> None:
    small.write()
    assert generate.write(small.load(), small.root) != []
    assert generate.write(small.load(), small.root) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("_toc.yml", "root: book/index", "root: book/other"),
        ("book/roadmap.md", "# The roadmap", "# A roadmap"),
        ("README.md", "| Core |", "| Python |"),
        ("book/01-core-python.md", "| 40 min |", "| 30 min |"),
        ("notebooks/01-core-python/01-gates.ipynb", "# The gate", "# A gate"),
        ("solutions/01-core-python/01-gates.ipynb", "## 1 · Nine scans", "## 1 · Ten scans"),
        ("exercises/01-core-python/01-gates.ipynb", "raise NotImplementedError", "pass"),
    ],
)
def test_a_derived_text_that_was_edited_is_stale_and_is_mended(
    small: SmallCourse, name: str, old: str, new: str
) -> None:
    small.build().edit(name, old, new)
    assert list(generate.stale(small.load(), small.root)) == [Path(name)]
    assert generate.write(small.load(), small.root) == [Path(name)]
    assert new not in small.read(name)


def test_a_missing_derived_file_is_stale(small: SmallCourse) -> None:
    (small.build().root / "_toc.yml").unlink()
    assert list(generate.stale(small.load(), small.root)) == [Path("_toc.yml")]


def test_an_edited_index_makes_what_names_it_stale(small: SmallCourse) -> None:
    small.build()
    small.topic["title"] = "The door"
    small.write()
    stale = {path.as_posix() for path in generate.stale(small.load(), small.root)}
    assert {small.page, "book/roadmap.md", "book/01-core-python.md"} <= stale


# What is derived


def test_a_notebook_opens_with_title_time_needs_and_objectives(small: SmallCourse) -> None:
    head = first_cell(small.build(), small.page)
    assert head.startswith("# The gate\n")
    assert "about 40 minutes, then [1 exercise](../../exercises/01-core-python/01-gates.ipynb)" in head
    assert "**You need:** Functions." in head and head.endswith("- Count scans.")


def test_a_topic_that_needs_another_links_to_it(small: SmallCourse) -> None:
    topics = small.index["chapters"][0]["topics"]
    earlier = {"stem": "00-doors", "title": "Doors", "roadmap": "doors", "status": "planned"}
    topics.insert(0, earlier)
    small.topic["needs"] = ["01-core-python/00-doors"]
    head = first_cell(small.build(), small.page)
    assert "Read first: [Doors](../../notebooks/01-core-python/00-doors.ipynb)." in head


def test_exercises_open_with_their_points_and_lead_back_to_the_topic(small: SmallCourse) -> None:
    head = first_cell(small.build(), small.source)
    assert "*1 exercise, 10 points." in head
    assert "(../../notebooks/01-core-python/01-gates.ipynb)" in head


def test_each_exercise_has_a_heading(small: SmallCourse) -> None:
    cells = notebook.read(small.build().root / small.source)["cells"]
    heading = next(cell["source"] for cell in cells if cell["id"] == "count-scans-heading")
    assert heading == "## 1 · Nine scans\n\n*Build · level 2 of 3, build with it · 10 points*"


def test_the_given_cell_is_the_given_file(small: SmallCourse) -> None:
    small.files[f"{small.folder}/given.py"] = "HALL = 400\n"
    small.solutions["cells"].insert(5, notebook.code("count-scans-given", "# placeholder", "given"))
    cells = notebook.read(small.build().root / f"exercises/{small.source.partition('/')[2]}")["cells"]
    assert cells[5]["source"] == "# given: core.count-scans\nHALL = 400"


def test_what_a_run_left_in_the_source_is_cleared(small: SmallCourse) -> None:
    setup = small.cell("setup")
    setup["execution_count"] = 3
    setup["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "9 of 10 points"}]
    setup["metadata"] = {"collapsed": True}
    small.solutions["metadata"] = {"kernelspec": {"name": "mine"}}
    small.build()
    for tree in ("solutions", "exercises"):
        nb = notebook.read(small.root / tree / small.source.partition("/")[2])
        assert nb["cells"][1] == notebook.code("setup", "from course import check, progress")
        assert nb["metadata"] == notebook.blank([])["metadata"]


def test_the_contents_name_written_topics_only(small: SmallCourse) -> None:
    contents = small.build().read("_toc.yml")
    assert "- file: notebooks/01-core-python/01-gates" in contents
    assert "02-later" not in contents


def test_the_roadmap_names_planned_topics_too(small: SmallCourse) -> None:
    roadmap = small.build().read("book/roadmap.md")
    assert "**1 of 2 topics are written**" in roadmap
    assert "| Later | later | planned |" in roadmap


def test_the_readme_counts(small: SmallCourse) -> None:
    assert "| Core | 1 of 2 | 1 |" in small.build().read("README.md")


# What is refused


def test_only_the_text_between_the_two_lines_is_replaced() -> None:
    page = "Before\n<!-- course:table -->\nold\n<!-- /course:table -->\nAfter\n"
    filled = generate.fill(page, "table", r"| \1 | new |", "README.md")
    assert filled == "Before\n<!-- course:table -->\n| \\1 | new |\n<!-- /course:table -->\nAfter\n"


@pytest.mark.parametrize(
    "page",
    [
        "no lines at all",
        "<!-- course:table -->\nnever closed",
        "<!-- /course:table -->\n<!-- course:table -->\n",
        "<!-- course:table -->\n<!-- /course:table -->\n" * 2,
    ],
)
def test_a_page_without_exactly_one_pair_of_lines_is_refused(page: str) -> None:
    with pytest.raises(CourseError, match=r"README\.md needs exactly one pair of lines <!-- course:table -->"):
        generate.fill(page, "table", "new", "README.md")


@pytest.mark.parametrize("cell", ["head", "count-scans-heading"])
def test_a_notebook_without_the_cell_to_fill_is_refused(small: SmallCourse, cell: str) -> None:
    small.solutions["cells"] = [each for each in small.solutions["cells"] if each["id"] != cell]
    with pytest.raises(CourseError, match=f"01-gates.ipynb has no cell with the id '{cell}'; add it"):
        small.build()


def test_a_given_file_without_its_cell_is_refused(small: SmallCourse) -> None:
    small.files[f"{small.folder}/given.py"] = "HALL = 400\n"
    with pytest.raises(CourseError, match="no cell with the id 'count-scans-given'"):
        small.build()


def test_a_topic_without_its_notebook_is_refused(small: SmallCourse) -> None:
    (small.write().root / small.page).unlink()
    with pytest.raises(CourseError, match=r"01-gates\.ipynb cannot be read"):
        generate.write(small.load(), small.root)


def test_nothing_is_written_when_one_part_is_refused(small: SmallCourse) -> None:
    small.write().edit("README.md", "<!-- /course:table -->", "")
    with pytest.raises(CourseError):
        generate.write(small.load(), small.root)
    assert not (small.root / "_toc.yml").exists()
