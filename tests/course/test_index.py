"""course.yml: what it says when it is right, and what is said when it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from course import index
from course.errors import CourseError

INDEX = """\
title: Gates
repository: https://example.org/gates
retired: [core.old]
chapters:
- slug: 01-core-python
  title: Core
  claim: A claim
  lab: {slug: gate, title: Gate, status: planned}
  topics:
  - stem: 01-gates
    title: The gate
    roadmap: gates
    status: written
    minutes: 40
    prior: Functions.
    objectives: [Count scans.]
    exercises:
    - id: core.count-scans
      title: Nine scans
      level: 2
      kind: build
      points: 10
  - stem: 02-later
    title: Later
    roadmap: later
    status: planned
    needs: [01-core-python/01-gates]
capstone: {slug: end, title: End, status: planned}
"""


def refusal(tmp_path: Path, old: str, new: str) -> str:
    """Return what is said about the index with one text replaced."""
    assert INDEX.count(old) == 1
    (tmp_path / "course.yml").write_text(INDEX.replace(old, new), "utf-8")
    with pytest.raises(CourseError) as caught:
        index.load(tmp_path / "course.yml")
    return str(caught.value)


@pytest.fixture
def course(tmp_path: Path) -> index.Course:
    (tmp_path / "course.yml").write_text(INDEX, "utf-8")
    return index.load(tmp_path / "course.yml")


def test_the_index_of_this_course_is_valid() -> None:
    assert len(index.load().chapters) == 9


def test_written_topics_and_their_exercises_come_in_order(course: index.Course) -> None:
    assert [topic.stem for _, topic in course.topics()] == ["01-gates"]
    assert [(c.number, t.stem, e.slug) for c, t, e in course.exercises()] == [(1, "01-gates", "count-scans")]


def test_an_exercise_is_found_by_its_id(course: index.Course) -> None:
    chapter, topic, exercise = course.find("core.count-scans")
    assert (chapter.slug, topic.stem, exercise.points) == ("01-core-python", "01-gates", 10)


def test_an_unknown_id_is_answered_with_the_nearest(course: index.Course) -> None:
    with pytest.raises(CourseError, match=r"no exercise 'core.count-scan'. Did you mean core.count-scans\?"):
        course.find("core.count-scan")


def test_labs_come_with_their_places_and_the_capstone_last(course: index.Course) -> None:
    assert [place for place, _ in course.labs()] == ["01-core-python/gate", "capstone/end"]


def test_an_edited_index_is_read_again(tmp_path: Path, course: index.Course) -> None:
    (tmp_path / "course.yml").write_text(INDEX.replace("title: Gates", "title: Doors"), "utf-8")
    assert index.load(tmp_path / "course.yml").title == "Doors"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("minutes: 40", "minutes: soon", "line 14: chapters[0].topics[0].minutes: "),
        ("minutes: 40", "minutes: 400", "line 14: "),
        (
            "minutes: 40",
            "minuts: 40",
            "line 14: chapters[0].topics[0].minuts: this key is not known (value 40); remove",
        ),
        ("    roadmap: gates\n", "", "line 10: chapters[0].topics[0].roadmap: this key is missing; add it."),
        (
            "kind: build",
            "kind: bild",
            "line 21: chapters[0].topics[0].exercises[0].kind: 'bild' is not allowed; write ",
        ),
        ("level: 2", "level: 4", "line 20: chapters[0].topics[0].exercises[0].level: 4 is not allowed; write "),
        ("points: 10", "points: 0", "line 22: "),
        (
            "- stem: 01-gates",
            "- stem: gates",
            "line 10: chapters[0].topics[0].stem: 'gates' does not look right; write",
        ),
        ("id: core.count-scans", "id: Count Scans", "line 18: "),
        ("https://example.org/gates", "example.org", "line 2: repository: 'example.org' does not look right"),
        ("    prior: Functions.\n", "", "a written topic needs prior; add them or set `status: planned`"),
        ("[01-core-python/01-gates]", "[01-gates]", "line 27: chapters[0].topics[1].needs[0]: 01-gates is no earlier"),
        (
            "- stem: 02-later",
            "- stem: 01-gates",
            "line 23: chapters[0].topics[1].stem: 01-core-python/01-gates is there",
        ),
        (
            "id: core.count-scans",
            "id: core.old",
            "line 18: chapters[0].topics[0].exercises[0].id: the id core.old is ret",
        ),
        ("title: Gates", "title: Gates: all", "line 1: "),
        ("title: Gate, status: planned", "title: Gate, status: written", "a written lab needs minutes, needs, skills"),
        (
            "title: Gate, status: planned",
            "title: Gate, status: planned, needs: [01-core-python/03-other]",
            "line 8: chapters[0].lab.needs[0]: 01-core-python/03-other is no topic of this chapter or an earlier one",
        ),
        ("retired: [core.old]", "retired: [core.old", "Mend the YAML there"),
        ("chapters:", "chapter:", "line 1: chapters: this key is missing; add it."),
        ("    minutes: 40", "    minutes: 40\n    waive: {words: ''}", "line 15: chapters[0].topics[0].waive.words: "),
    ],
)
def test_a_wrong_file_is_answered_with_the_line_and_what_to_write(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    answer = refusal(tmp_path, old, new)
    assert answer.startswith("course.yml, line ")
    assert said in answer


SECOND = "      points: 10\n"
AGAIN = "    - {id: ID, title: Twice, level: 1, kind: build, points: 5}\n"


def test_an_id_given_twice_is_refused_where_it_stands_again(tmp_path: Path) -> None:
    said = refusal(tmp_path, SECOND, SECOND + AGAIN.replace("ID", "core.count-scans"))
    assert "line 23: chapters[0].topics[0].exercises[1].id: the id core.count-scans is given twice" in said


def test_two_exercises_that_would_share_a_folder_are_refused(tmp_path: Path) -> None:
    said = refusal(tmp_path, SECOND, SECOND + AGAIN.replace("ID", "python.count-scans"))
    assert "01-core-python has count-scans already, so both would share a folder" in said


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    said = refusal(tmp_path, "      level: 2\n      kind: build\n", "      level: 7\n      kind: bild\n")
    assert len(said.splitlines()) == 2


def test_a_missing_index_says_where_it_is_looked_for(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"course.yml cannot be read \(No such file or directory\)"):
        index.load(tmp_path / "course.yml")


@pytest.mark.parametrize("text", ["", "- a list\n", "gates\n"])
def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "course.yml").write_text(text, "utf-8")
    with pytest.raises(CourseError, match=r"course\.yml, line 1: "):
        index.load(tmp_path / "course.yml")
