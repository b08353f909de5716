"""Exercises solved on the page, in Chromium: every known answer is judged there, with one worker, as on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from course import index
from course.authoring.proof import HEADERS
from course.judging import bank
from course.judging.client import Judge
from course.judging.program import Cell, Task
from course.judging.result import ExerciseResult, exercise_from_json
from course.onpage import verdicts as grading

pytestmark = pytest.mark.needs("chromium")

ROOT, COURSE = index.root(), index.load()
KNOWN = grading.load(ROOT)
SOLVABLE = [exercise_id for exercise_id, entry in KNOWN.items() if not entry.missing]
PAGE = "exercises/01-core-python/02-data-model.html"
JUDGED = """async ({ job, sets, runtime }) => (await (await import(runtime)).grader.judge(job, sets))"""


@pytest.fixture(scope="module")
def page(browser, site) -> Iterator[Page]:
    """A page whose worker judges everything here."""
    context = browser.new_context()
    opened = context.new_page()
    opened.goto(site.url + PAGE)
    yield opened
    context.close()


def judged(page: Page, cells: list[Cell], task: Task, sets: tuple[str, ...]) -> ExerciseResult:
    """Return what the page's worker says of one answer."""
    job = {
        "cells": [[cell.source, cell.name] for cell in cells],
        "tasks": [{"id": task.id, "stub": task.stub, "files": grading.texts(task.folder, "public")}],
        "limits": {"time": grading.SECONDS, "pace": grading.PACE},
        "seed": "0",
        "only": ["public"],
        "skip_stubs": False,
        "provider": "page",
    }
    runtime = page.evaluate(
        "new URL(document.documentElement.dataset.runtime + 'page.js', new URL('../..', location)).href"
    )
    reply = page.evaluate(JUDGED, {"job": job, "sets": list(sets), "runtime": runtime})
    return exercise_from_json(reply["results"][0])


def test_two_thirds_of_the_first_chapter_can_be_solved_on_the_page() -> None:
    ids = [exercise.id for chapter, _, exercise in COURSE.exercises() if chapter.number == 1]
    assert len(set(ids) & set(SOLVABLE)) >= len(ids) * 2 / 3


def test_what_is_known_of_the_exercises_follows_from_their_sources() -> None:
    """What changed is judged again by both judges; all of it has to be committed."""
    known = grading.load(ROOT)
    assert {**known, **dict(grading.fresh(ROOT, COURSE))} == known, "run `course browser` and commit what it writes"


@pytest.mark.parametrize("exercise_id", SOLVABLE)
def test_every_known_answer_gets_the_verdicts_of_the_command_line(page: Page, exercise_id: str) -> None:
    found, task = {}, bank.task(ROOT, exercise_id)
    for answer, cells in grading.answers(ROOT, COURSE, exercise_id).items():
        result = judged(page, cells, task, KNOWN[exercise_id].sets)
        found[answer] = grading.letters(result)
        if answer == "stub":
            assert not result.attempted and not result.passed
        elif not answer.startswith("wrong/"):
            assert result.attempted and result.passed, answer
        else:
            text = (task.folder / answer).read_text("utf-8")
            announced = {name.strip() for name in HEADERS.match(text)["fails"].split(",")}
            names = {check.name.partition("[")[0] for check in result.checks}
            failed = {check.name.partition("[")[0] for check in result.checks if not check.passed}
            assert failed == announced & names, answer
    assert found == KNOWN[exercise_id].verdicts


def test_the_committed_verdicts_are_those_of_the_command_line_today() -> None:
    exercise_id = SOLVABLE[0]
    with Judge() as judge:
        for answer, cells in grading.answers(ROOT, COURSE, exercise_id).items():
            [result] = judge.judge(cells, [bank.task(ROOT, exercise_id)], only=[grading.JUDGING])
            assert grading.letters(result) == KNOWN[exercise_id].verdicts[answer], answer


ASGI = Path(__file__).parent / "asgi"


@pytest.mark.parametrize("answer, failing", [("reference", set()), ("wrong", {"test_a_seat_is_sold_once"})])
def test_a_web_application_is_judged_on_the_page(page: Page, answer: str, failing: set[str]) -> None:
    cells = [Cell((ASGI / f"{answer}.py").read_text("utf-8"), "cell 1")]
    result = judged(page, cells, Task("sample.bookings", ASGI), ("web",))
    assert {check.name for check in result.checks if not check.passed} == failing, result
    assert len(result.checks) == 3
