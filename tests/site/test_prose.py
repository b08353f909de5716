"""What the book's own pages claim, tried out."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from course import index
from course.authoring import diagrams
from course.grading.submissions import judged_alone
from course.judging import render
from course.judging.client import Judge

ROOT = Path(__file__).resolve().parents[2]
QUESTION = re.compile(r"^### (\d+ · .+?)\n+```python\n(.*?)```\s+<details>.*?```text\n(.*?)```", re.M | re.S)
OPENERS = sorted(ROOT.glob("book/0*.md"))


@pytest.mark.parametrize("opener", OPENERS, ids=lambda path: path.stem)
def test_each_question_of_a_self_test_prints_what_its_answer_says(opener: Path) -> None:
    questions = QUESTION.findall(opener.read_text("utf-8"))
    assert len(questions) == opener.read_text("utf-8").count("<summary>Answer</summary>") > 0
    for title, code, answer in questions:
        run = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, timeout=120)
        assert (title, run.stdout.strip(), run.stderr) == (title, answer.strip(), "")


@pytest.mark.parametrize("opener", OPENERS, ids=lambda path: path.stem)
def test_a_self_test_has_a_question_for_every_topic(opener: Path) -> None:
    chapter = next(chapter for chapter in index.load().chapters if chapter.slug == opener.stem)
    numbers = [int(title.split()[0]) for title, _, _ in QUESTION.findall(opener.read_text("utf-8"))]
    assert numbers == list(range(1, len(chapter.topics) + 1))


def test_the_result_on_the_front_page_is_what_the_check_says_today() -> None:
    page = unescape((ROOT / "book/index.md").read_text("utf-8"))
    folder = ROOT / "tests/exercises/01-core-python/held-twice"
    answer = folder / "wrong/changes_keys_in_the_dict.py"
    with Judge() as judge:
        result = judged_alone(judge, answer, folder / "public")
    said = [render.headline(result, public_only=True)]
    for check in result.checks:
        if not check.passed:
            said += [check.description, *(text for _, text in render.rows(check))]
    assert said[0] in page
    # Inputs are random, so any seat will do.
    assert [text for text in said if re.sub(r"\d+", "N", text) not in re.sub(r"\d+", "N", page)] == []
    code = page.partition("```python\n")[2].partition("```")[0]
    assert all(line.strip() in answer.read_text("utf-8") for line in code.splitlines())


def test_the_pages_name_the_repository_of_the_index() -> None:
    repository = index.load().repository
    for name in ("index", "start"):
        assert re.findall(r"git clone (\S+)", (ROOT / f"book/{name}.md").read_text("utf-8")) == [repository]


def test_every_mermaid_block_is_drawn_and_no_drawing_is_left_over() -> None:
    assert set(diagrams.sources(ROOT)) == {file.name for file in (ROOT / diagrams.FOLDER).glob("*.svg")}
