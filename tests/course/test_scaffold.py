"""`course new`: every file is made, none is touched, and `course check` names each until it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.authoring import scaffold
from course.errors import CourseError
from course.index import load

from .conftest import SmallCourse

NEW = "01-core-python/02-later"


@pytest.fixture
def made(small: SmallCourse) -> SmallCourse:
    """A course with a comment in its index, ready to grow."""
    small.build()
    return small.put("course.yml", "# Kept by hand.\n" + small.read("course.yml").replace("- slug", "# one\n- slug"))


def snapshot(root: Path) -> dict[str, bytes]:
    """Return every file."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def complaints(small: SmallCourse) -> set[str]:
    """Return the files that have to be mended."""
    return {found.path for found in small.report().structure}


def test_check_complains_about_every_file_of_a_new_topic(made: SmallCourse) -> None:
    new = {path.as_posix() for path in scaffold.topic(made.root, NEW)}
    derived = {"_toc.yml", "README.md", "book/roadmap.md", "book/01-core-python.md", f"exercises/{NEW}.ipynb"}
    assert new - derived == complaints(made) - {"tests/exercises/01-core-python/later"}
    assert {f"notebooks/{NEW}.ipynb", f"solutions/{NEW}.ipynb", "course.yml"} <= new


def test_check_complains_about_every_file_of_a_new_exercise(made: SmallCourse) -> None:
    new = {path.as_posix() for path in scaffold.exercise(made.root, "01-gates", "lock")}
    folder = "tests/exercises/01-core-python/lock"
    derived = {"README.md", "book/roadmap.md", "book/01-core-python.md", f"exercises/{made.page.partition('/')[2]}"}
    assert new - derived - {made.page} == complaints(made) - {folder}
    assert {f"{folder}/public/test_lock.py", f"{folder}/withheld/test_lock_more.py", made.source} <= new
    assert len([name for name in new if name.startswith(f"{folder}/wrong/")]) == 3


def test_what_is_new_needs_no_deriving(made: SmallCourse) -> None:
    scaffold.topic(made.root, NEW)
    scaffold.exercise(made.root, "02-later", "core.lock")
    assert (made.found("stale"), made.found("derive"), made.found("orphan"), made.found("toc")) == ("", "", "", "")


def test_the_index_grows_by_lines_and_loses_none(made: SmallCourse) -> None:
    before = made.read("course.yml").splitlines()
    scaffold.topic(made.root, NEW)
    scaffold.exercise(made.root, "01-gates", "lock")
    after = made.read("course.yml").splitlines()
    assert after[0] == "# Kept by hand." and "# one" in after
    assert [line.strip() for line in before if line not in after] == ["status: planned"]


def test_a_planned_topic_keeps_its_title_and_place(made: SmallCourse) -> None:
    scaffold.topic(made.root, NEW)
    topic = load(made.root / "course.yml").chapters[0].topics[1]
    assert (topic.stem, topic.title, topic.status) == ("02-later", "Later", "written")
    assert [exercise.id for exercise in topic.exercises] == ["core.later"]


def test_a_topic_that_was_not_planned_comes_last(made: SmallCourse) -> None:
    scaffold.topic(made.root, "01-core-python/03-doors")
    assert [topic.stem for topic in made.load().chapters[0].topics] == ["01-gates", "02-later", "03-doors"]


def test_a_new_exercise_comes_last_in_its_topic_and_notebook(made: SmallCourse) -> None:
    scaffold.exercise(made.root, "01-core-python/01-gates", "lock")
    assert [e.id for e in made.load().chapters[0].topics[0].exercises] == ["core.count-scans", "core.lock"]
    assert made.found("exercise-cells") == ""


def test_the_first_topic_of_a_chapter_brings_an_opening_page(made: SmallCourse) -> None:
    chapter = {**made.index["chapters"][0], "slug": "02-web", "topics": [{**planned(), "stem": "01-forms"}]}
    made.index["chapters"].append(chapter)
    made.build()
    new = scaffold.topic(made.root, "02-web/01-forms")
    assert Path("book/02-web.md") in new
    assert made.load().chapters[1].topics[0].exercises[0].id == "web.forms"
    assert made.found("exercise-id") == ""


def planned() -> dict[str, str]:
    """Return a planned topic."""
    return {"title": "Forms", "roadmap": "forms", "status": "planned"}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("01-core-pyton/02-later", "no chapter '01-core-pyton'. Did you mean 01-core-python"),
        ("01-core-python/01-gates", "has 01-core-python/01-gates as written already"),
        ("01-core-python/Later", "does not look right"),
        ("01-core-python", "does not look right"),
    ],
)
def test_a_topic_that_cannot_be_made_says_why_and_leaves_everything(made: SmallCourse, name: str, said: str) -> None:
    before = snapshot(made.root)
    with pytest.raises(CourseError, match=said):
        scaffold.topic(made.root, name)
    assert snapshot(made.root) == before


@pytest.mark.parametrize(
    ("topic", "name", "said"),
    [
        ("01-gate", "lock", "no written topic '01-gate'. Did you mean 01-core-python/01-gates"),
        ("02-later", "lock", "no written topic '02-later'"),
        ("01-gates", "count-scans", "count-scans"),
        ("01-gates", "Lock it", "does not look right"),
    ],
)
def test_an_exercise_that_cannot_be_made_says_why_and_leaves_everything(
    made: SmallCourse, topic: str, name: str, said: str
) -> None:
    before = snapshot(made.root)
    with pytest.raises(CourseError, match=said):
        scaffold.exercise(made.root, topic, name)
    assert snapshot(made.root) == before


def test_a_file_that_is_there_is_never_overwritten(made: SmallCourse) -> None:
    made.put("tests/exercises/01-core-python/lock/public/test_lock.py", "mine")
    before = snapshot(made.root)
    with pytest.raises(CourseError, match=r"lock/public/test_lock.py is there already and stays as it is"):
        scaffold.exercise(made.root, "01-gates", "lock")
    assert snapshot(made.root) == before


def test_a_topic_whose_notebook_is_there_is_not_made(made: SmallCourse) -> None:
    made.put(f"notebooks/{NEW}.ipynb", "mine")
    with pytest.raises(CourseError, match=f"notebooks/{NEW}.ipynb is there already"):
        scaffold.topic(made.root, NEW)


def test_topics_in_brackets_are_not_edited(made: SmallCourse) -> None:
    made.edit("course.yml", "retired: []", "retired: []\n").put(
        "course.yml",
        "title: Gates\nrepository: https://example.org\nretired: []\n"
        "capstone: &lab {slug: gate, title: Gate, status: planned}\nchapters:\n- slug: 01-core-python\n"
        "  title: Core\n  claim: A claim\n  lab: *lab\n"
        "  topics: [{stem: 02-later, title: Later, roadmap: later, status: planned}]\n",
    )
    with pytest.raises(CourseError, match=r"stand in \[brackets\]; write them as lines first"):
        scaffold.topic(made.root, NEW)


@pytest.mark.parametrize(
    ("arguments", "wrote"),
    [
        (["topic", NEW], f"notebooks/{NEW}.ipynb"),
        (["exercise", "01-gates", "lock"], "tests/exercises/01-core-python/lock/public/test_lock.py"),
    ],
)
def test_the_command_says_what_it_wrote(made: SmallCourse, arguments: list[str], wrote: str) -> None:
    done = made.run("new", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"wrote {wrote}" in done.stdout.splitlines()
    assert (made.root / wrote).is_file()


def test_the_command_refuses_in_one_sentence(made: SmallCourse) -> None:
    done = made.run("new", "exercise", "01-gate", "lock")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "There is no written topic '01-gate'. Did you mean 01-core-python/01-gates?\n"
