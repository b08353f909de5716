"""A small class graded by the judge and its pages in a browser: readable everywhere, asking nothing of anybody."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from course import index
from course.grading import standing
from course.grading.grade import Order, grade_all, write_json
from course.judging import bank
from course.judging.result import Report, to_json
from course.learning import prerequisites
from course.reports import pages as report
from course.reports import similar
from course.reports.misconceptions import Known, common, known
from course.reports.pages import file_name

from . import sample_class
from .sample_report import HOSTILE, MONEY, hostile

DAN = "Dan O'Hara"  # handed in a wrong answer to every exercise
LOOKS = [(width, colours) for width in (375, 1280) for colours in ("light", "dark")]


@pytest.fixture(scope="module")
def school(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("class") / "submissions"
    sample_class.build(folder)
    copied = (folder / "ada_02-data-model.ipynb").read_bytes()
    (folder / "nia_02-data-model.ipynb").write_bytes(copied)
    return folder


@pytest.fixture(scope="module")
def graded(school: Path) -> Report:
    with ThreadPoolExecutor(2) as pool:
        return grade_all(school, Order("process", seed="7"), pool)


@pytest.fixture(scope="module")
def results(graded: Report, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("graded") / "results.json"
    write_json(to_json(graded), path)
    return path


@pytest.fixture(scope="module")
def wrong(graded: Report, results: Path) -> dict[str, tuple[Known, ...]]:
    return known(standing.exercises(graded), "7", results.parent / "cache")


@pytest.fixture(scope="module")
def pages(school: Path, graded: Report, wrong: dict[str, tuple[Known, ...]], tmp_path_factory) -> Path:
    """The class's own pages, and beside them those of a class that attacks."""
    folder, weights = tmp_path_factory.mktemp("pages"), standing.weights(graded, index.load())
    written: dict[str, dict[str, str]] = {}
    for (student, _), texts in similar.answers(school, list(weights)).items():
        written.setdefault(student, {}).update(texts)
    report.write(graded, folder, weights, wrong, similar.pairs(written, similar.given(weights)))
    lines = tuple((text, True) for text in HOSTILE)
    pair = similar.Pair(HOSTILE[0], HOSTILE[1], 1.0, (similar.Passage(MONEY, lines, lines, True),))
    report.write(hostile(), folder / "hostile", {MONEY: 10.0}, None, [pair])
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        path = prerequisites.chromium()
        chromium = playwright.chromium.launch(executable_path=path, args=[*quiet, *root])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


def kinds(pages: Path) -> dict[str, Path]:
    return {
        "class": pages / "class.html",
        "student": pages / "students" / f"{file_name(DAN)}.html",
        "refused": pages / f"students/{file_name('eve')}.html",
        "hostile class": pages / "hostile/class.html",
        "hostile student": pages / f"hostile/students/{file_name(HOSTILE[1])}.html",
    }


KINDS = ["class", "student", "refused", "hostile class", "hostile student"]


def visit(page: Page, path: Path, width: int = 1280, colours: str = "light") -> list[str]:
    """Open a page with all its details; return what it asked for and complained about."""
    told: list[str] = []
    page.on("request", lambda request: told.append(request.url))
    page.on("console", lambda line: told.append(line.text))
    page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    return [each for each in told if each != path.as_uri() and not each.startswith("data:")]


# -- in the browser


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_asks_for_nothing_complains_of_nothing_and_runs_nothing(page, pages, kind):
    assert visit(page, kinds(pages)[kind]) == []
    assert page.title().startswith("Results of ") and page.locator("script, img, iframe").count() == 0


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("kind", KINDS)
def test_no_rule_of_accessibility_is_broken_at_any_width_in_any_colours(page, pages, kind):
    found = {}
    for width, colours in LOOKS[
        :: 3 if "hostile" in kind else 1
    ]:  # same rules of style: a phone by day, a desk by night
        visit(page, kinds(pages)[kind], width, colours)
        rules = Axe().run(page).response["violations"]
        found[width, colours] = [f"{r['id']}: {n['html'][:160]}" for r in rules for n in r["nodes"]]
    assert {look: rules for look, rules in found.items() if rules} == {}


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_wider_than_a_phone(page, pages, kind):
    visit(page, kinds(pages)[kind], 375)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


@pytest.mark.needs("chromium")
def test_both_colour_schemes_are_there(page, pages):
    seen = set()
    for colours in ("light", "dark"):
        visit(page, pages / "class.html", colours=colours)
        seen.add(
            page.evaluate("getComputedStyle(document.body).backgroundColor + getComputedStyle(document.body).color")
        )
    assert len(seen) == 2


# -- what the pages of a graded class tell


def test_no_line_of_a_withheld_check_or_wrong_answer_reaches_a_student(pages, graded):
    told = " ".join(path.read_text("utf-8") for path in (pages / "students").glob("*.html"))
    plain = re.sub(r"&#39;|&#34;|&quot;", "'", told)
    for name in standing.exercises(graded):
        folder = bank.paths(index.root(), name)[1]
        for path in (*folder.glob("withheld/*.py"), *folder.glob("wrong/*.py")):
            secret = [line.strip() for line in path.read_text("utf-8").splitlines()]
            secret = [line for line in secret if line.startswith(("assert ", "def test_", "with ", "# "))]
            assert secret
            leaked = [line for line in secret if line.replace('"', "'") in plain and not line.startswith("# exercise")]
            assert not leaked, f"{path.name}: {leaked}"


def test_known_mistakes_that_were_handed_in_are_recognised_by_name(graded, wrong):
    each = next(s for s in standing.gather(graded) if s.student == DAN)
    seen = common([(each.student, result) for result in each.results.values()], wrong)
    assert {s.exercise for s in seen if s.known} == set(each.results)
    for result in each.results.values():
        first = sorted((bank.paths(index.root(), result.id)[1] / "wrong").glob("*.py"))[0]
        [told] = [s.name for s in seen if s.exercise == result.id]
        assert first.read_text("utf-8").splitlines()[0].removeprefix("# ") in told


def test_a_copied_file_is_told_word_for_word_and_who_worked_alone_is_not_named(pages):
    told = (pages / "class.html").read_text("utf-8")
    pairs = re.findall(r"<summary>([\w&#;' ]+) and ([\w&#;' ]+): .*?of them word for word</summary>", told)
    assert ("ada", "nia") in pairs
    assert not [pair for pair in pairs if {"cleo", "Dan O&#39;Hara", "bo"} & set(pair)]


def test_whoever_needs_a_look_is_named_with_the_reason(pages):
    told = (pages / "class.html").read_text("utf-8")
    attention = told.partition('id="attention"')[2].partition("</section>")[0]
    assert all(name in attention for name in ("eve", "fay", "gus", "lea"))


def test_the_command_writes_every_page(school, graded, results, wrong, tmp_path):
    command = [
        sys.executable,
        "-m",
        "course.cli",
        "report",
        results,
        "--out",
        tmp_path,
        "--submissions",
        school,
        "--seed",
        "7",
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=index.root())
    assert done.returncode == 0, done.stderr
    assert "class.html" in done.stdout.replace("\n", "")
    assert len(list((tmp_path / "students").glob("*.html"))) == len(standing.gather(graded))
    assert "word for word" in (tmp_path / "class.html").read_text("utf-8")
