"""What `course check` says about labs, and what is derived for them."""

from __future__ import annotations

import pytest

from .conftest import CHAPTER, TOPIC, SmallCourse, prose

PLACE = f"{CHAPTER}/gate"
COMPOSE = """\
services:
  gate:
    image: ${COURSE_PYTHON_IMAGE:-python:3.13-slim}
    mem_limit: 128m
    ports: ["127.0.0.1:${GATE_PORT:-7007}:7007"]
    healthcheck: {test: [CMD, true]}
"""


@pytest.fixture
def with_lab(small: SmallCourse) -> SmallCourse:
    """The small course with a lab that is complete."""
    small.index["chapters"][0]["lab"] = {
        "slug": "gate", "title": "The gate at work", "status": "written", "minutes": 90, "skills": "patience",
        "needs": [f"{CHAPTER}/{TOPIC}", f"{CHAPTER}/02-later"],
    }  # fmt: skip
    small.files[f"labs/{PLACE}/README.md"] = f"<!-- course:lab -->\n<!-- /course:lab -->\n\n{prose(200, 'lab')}\n"
    small.files[f"labs/{PLACE}/compose.yaml"] = COMPOSE
    small.files[f"tests/labs/{PLACE}/checks.py"] = "async def prepare(lab): ...\n"
    small.files[f"solutions/labs/{PLACE}/gate.py"] = "PATIENCE = 1\n"
    return small


def test_a_complete_lab_has_no_finding(with_lab: SmallCourse) -> None:
    assert list(with_lab.build().report().lines()) == ["0 to mend, 0 warnings of style"]


@pytest.mark.parametrize(
    "path",
    [
        f"labs/{PLACE}/README.md", f"labs/{PLACE}/compose.yaml", f"tests/labs/{PLACE}/checks.py",
        f"solutions/labs/{PLACE}/gate.py",
    ],
)  # fmt: skip
def test_a_part_that_is_missing_is_named(with_lab: SmallCourse, path: str) -> None:
    del with_lab.files[path]
    assert path.removesuffix("/gate.py") in with_lab.build().found("lab")


def test_a_folder_that_no_written_lab_has_is_an_orphan(with_lab: SmallCourse) -> None:
    with_lab.files[f"labs/{CHAPTER}/door/compose.yaml"] = COMPOSE
    assert "course.yml names no written lab of this folder" in with_lab.build().found("lab")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (":-python:3.13-slim}", ":-python:latest}", "is not pinned"),
        ("${COURSE_PYTHON_IMAGE:-python:3.13-slim}", "python", "is not pinned"),
        ("    mem_limit: 128m\n", "", "write mem_limit: 128m"),
        ('"127.0.0.1:${GATE_PORT:-7007}:7007"', '"7007:7007"', "the port 7007:7007 is not one of this machine"),
        ("    healthcheck: {test: [CMD, true]}\n", "", "it has no health check"),
        ("services:", "services: [", "no YAML"),
    ],
)
def test_a_service_is_pinned_limited_watched_and_kept_to_this_machine(
    with_lab: SmallCourse, old: str, new: str, said: str
) -> None:
    with_lab.files[f"labs/{PLACE}/compose.yaml"] = COMPOSE.replace(old, new)
    assert said in with_lab.build().found("lab-service")


def test_a_lab_is_told_in_150_to_300_words(with_lab: SmallCourse) -> None:
    with_lab.files[f"labs/{PLACE}/README.md"] += prose(120, "more")
    assert "it has 320 words; write 150 to 300" in with_lab.build().found("lab-readme")


def test_a_lab_is_a_page_of_its_chapter_and_names_its_topics(with_lab: SmallCourse) -> None:
    readme = with_lab.build().read(f"labs/{PLACE}/README.md")
    assert "# The gate at work\n\n*1 · Core, lab gate* · about 90 minutes · patience" in readme
    assert f"[The gate](../../../notebooks/{CHAPTER}/{TOPIC}.ipynb), *Later* (planned)." in readme
    assert f"    - file: labs/{PLACE}/README\n" in with_lab.read("_toc.yml")
    for page in ("book/roadmap.md", f"book/{CHAPTER}.md"):
        assert f"(../labs/{PLACE}/README.md)" in with_lab.read(page)
