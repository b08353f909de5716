"""The site as a reader meets it, in Chromium: served from a sub-path, with no other host in the world."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from course import index

pytestmark = pytest.mark.needs("chromium")

TOPIC = "notebooks/01-core-python/02-data-model.html"
EXERCISES = "exercises/01-core-python/02-data-model.html"
OPENER = "book/01-core-python.html"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
READING_PAGE_KB = 200


@cache
def compressed(file: Path) -> int:
    """Return how many bytes of a file travel."""
    return len(gzip.compress(file.read_bytes()))


def test_no_page_asks_another_host_complains_or_is_wider_than_a_phone(visit: Callable, site) -> None:
    first = visit("index.html", width=375)
    for page in site.pages:
        first.page.goto(site.url + page)
        assert first.page.evaluate(OVERFLOW) <= 0, f"{page} is wider than 375 px"
    assert first.complaints == []
    assert {urlsplit(request).hostname for request in first.requests} == {"book.test"}


def test_a_reading_page_weighs_at_most_200_kb_compressed(visit: Callable, site) -> None:
    for name, page in site.kinds.items():
        seen = visit(page)
        paths = {urlsplit(request).path.removeprefix("/course/") for request in seen.requests}
        files = [
            site.folder / path for path in paths if not path.startswith("_images/") and (site.folder / path).is_file()
        ]
        weight = sum(map(compressed, files))
        assert weight < READING_PAGE_KB * 1000, f"{name}: {weight} bytes"


def ask(page: Page, query: str) -> None:
    """Type into the search box once it is there."""
    expect(page.get_by_role("dialog").locator("input")).to_be_focused(timeout=20_000)
    page.keyboard.type(query)


@pytest.mark.parametrize("query", ["descriptor", "desciptor", "desrciptors", "__exit__", "core.held-twice"])
def test_search_finds_a_word_a_typing_error_and_code(visit: Callable, query: str) -> None:
    page = visit(OPENER).page
    page.keyboard.press("/")
    ask(page, query)
    results = page.get_by_role("dialog", name="Search").get_by_role("link")
    expect(results.filter(has_text="Two seats that were equal").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(results.first).to_be_focused()


def test_a_result_opens_the_section_that_it_shows(visit: Callable) -> None:
    seen = visit("book/guides/student.html")
    page = seen.page
    page.keyboard.press("Control+k")
    ask(page, "__slots__")
    expect(page.get_by_role("dialog").get_by_role("link").first).to_contain_text("What a seat weighs")
    page.keyboard.press("Enter")
    page.wait_for_url("**#*")
    section = unquote(urlsplit(page.url).fragment)
    expect(page.locator(f"[id='{section}']")).to_be_in_viewport()
    assert seen.complaints == []


def test_search_says_when_there_is_nothing_and_closes_with_escape(visit: Callable) -> None:
    page = visit(TOPIC).page
    page.get_by_role("link", name="Search", exact=False).first.click()
    ask(page, "жжжж")
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text("Nothing found for “жжжж”.")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_without_javascript_pages_read_and_lead_on(visit: Callable) -> None:
    page = visit(TOPIC, java_script_enabled=False).page
    expect(page.get_by_role("heading", name="Two seats that were equal and not the same", level=1)).to_be_visible()
    expect(page.get_by_role("navigation", name="Contents").get_by_role("link", name="The roadmap")).to_be_visible()
    expect(page.get_by_role("button", name="Dark colours")).to_have_count(0)
    page.get_by_role("link", name="Search").click()
    expect(page.get_by_text("These are all the pages")).to_be_visible()
    page.locator("article").get_by_role("link", name="Exercises").first.click()
    page.get_by_text("Hint 1").first.click()
    expect(page.locator("details[open]")).to_have_count(1)


def test_without_javascript_the_contents_open_on_a_phone(visit: Callable) -> None:
    page = visit(TOPIC, width=375, java_script_enabled=False).page
    contents = page.get_by_role("navigation", name="Contents")
    expect(contents).to_have_count(0)
    page.get_by_role("button", name="Contents").click()
    contents.get_by_role("link", name="The roadmap").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("The roadmap")


def test_contents_mark_the_page_and_the_next_link_leads_to_its_exercises(visit: Callable) -> None:
    page = visit(TOPIC).page
    expect(page.locator("#contents [aria-current=page]")).to_have_text("Two seats that were equal and not the same")
    page.locator("a[rel=next]").click()
    assert page.url.endswith(EXERCISES)


def test_colours_follow_the_system_until_the_reader_chooses(visit: Callable) -> None:
    page = visit("index.html", colours="dark").page
    background = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(background)
    page.get_by_role("button", name="Dark colours", pressed=True).click()
    light = page.evaluate(background)
    assert light == "rgb(255, 255, 255)" != dark
    page.goto(page.url.replace("index.html", OPENER))
    assert page.evaluate(background) == light


def test_jupyterlab_is_offered_on_localhost_only(visit: Callable, site) -> None:
    here = visit(TOPIC, base=site.local).page.get_by_role("link", name="Open in JupyterLab")
    expect(here).to_have_attribute(
        "href", "http://localhost:8888/lab/tree/notebooks/01-core-python/02-data-model.ipynb"
    )
    published = visit(TOPIC)
    published.page.wait_for_load_state("networkidle")
    expect(published.page.get_by_role("link", name="Open in JupyterLab")).to_have_count(0)
    assert not any("lab.json" in request for request in published.requests)


def test_a_notebook_can_be_downloaded(visit: Callable) -> None:
    page = visit(EXERCISES).page
    with page.expect_download() as download:
        page.get_by_role("link", name="Download notebook").click()
    assert download.value.suggested_filename == "02-data-model.ipynb"
    assert json.loads(Path(download.value.path()).read_text("utf-8"))["nbformat"] == 4


def test_a_mistake_is_reported_with_the_pages_title(visit: Callable) -> None:
    page = visit(TOPIC).page
    link = urlsplit(page.get_by_role("link", name="Report a mistake").get_attribute("href"))
    assert f"{link.scheme}://{link.netloc}{link.path}" == f"{index.load().repository}/issues/new"
    assert parse_qs(link.query)["title"] == ["Mistake on “Two seats that were equal and not the same”"]
    assert TOPIC in parse_qs(link.query)["body"][0]


def test_a_missing_page_is_styled_at_any_depth_and_leads_back(visit: Callable, site) -> None:
    page = visit("no/such/deep/page.html").page
    assert "Bricolage" in page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    page.locator("article").get_by_role("link", name="The roadmap").click()
    assert page.url == site.url + "book/roadmap.html"


def test_code_can_be_copied_without_what_it_printed(visit: Callable, site) -> None:
    page = visit(TOPIC, base=site.local, permissions=["clipboard-read", "clipboard-write"]).page
    cell = page.locator(".cell_input").first
    cell.hover()
    cell.get_by_role("button", name="Copy").click()
    expect(cell.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == cell.locator("pre").inner_text().rstrip()


def test_what_scrolls_can_be_reached_by_keyboard_and_the_first_stop_skips_to_the_text(visit: Callable) -> None:
    page = visit(TOPIC, width=375).page
    wide = "[...document.querySelectorAll('pre, table')].filter(e => e.scrollWidth > e.clientWidth)"
    assert page.evaluate(f"{wide}.length > 0 && {wide}.every(e => e.tabIndex === 0)")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
