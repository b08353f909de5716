"""What can be read off the built pages without a browser."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest


class Reader(HTMLParser):
    """Collect the links, anchors and pictures of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given[name] for name in ("href", "src") if name in given]


@cache
def read(file: Path) -> Reader:
    reader = Reader()
    reader.feed(file.read_text("utf-8"))
    return reader


@pytest.fixture(scope="module")
def pages(built: Path) -> dict[str, Reader]:
    return {file.relative_to(built).as_posix(): read(file) for file in sorted(built.rglob("*.html"))}


def problem(folder: Path, page: str, link: str) -> str | None:
    """Return why a link of a page leads nowhere."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None if parts.scheme == "https" or link.startswith("http://book.test/") else "is no https address"
    path = parts.path.removeprefix("/course/") if parts.path.startswith("/") else None
    target = (
        posixpath.normpath(path or posixpath.join(posixpath.dirname(page), unquote(parts.path))) if parts.path else page
    )
    file = folder / target
    if not file.is_file():
        return "does not exist"
    if parts.fragment and unquote(parts.fragment) not in read(file).ids:
        return "has no such anchor"
    return None


def test_every_link_and_every_anchor_leads_somewhere(built: Path, pages: dict[str, Reader]) -> None:
    broken = [
        f"{page}: {link} {why}"
        for page, reader in pages.items()
        for link in reader.links
        if (why := problem(built, page, link))
    ]
    assert broken == []


def test_an_anchor_names_one_place(pages: dict[str, Reader]) -> None:
    double = {page: {name for name in reader.ids if reader.ids.count(name) > 1} for page, reader in pages.items()}
    assert {page: names for page, names in double.items() if names} == {}


def test_every_page_has_one_heading_of_the_first_level_and_says_its_language(pages: dict[str, Reader]) -> None:
    for page, reader in pages.items():
        names = [tag for tag, _ in reader.tags]
        assert (page, names.count("h1"), dict(reader.tags)["html"].get("lang")) == (page, 1, "en")


def test_every_picture_has_a_text_a_size_and_waits_until_it_is_seen(pages: dict[str, Reader]) -> None:
    pictures = [(page, given) for page, reader in pages.items() for tag, given in reader.tags if tag == "img"]
    assert pictures
    for page, given in pictures:
        assert given.get("alt", "").strip() not in ("", given["src"]), f"{page}: {given['src']} has no text alternative"
        assert given.get("loading") == "lazy" and given.get("width") and given.get("height"), (page, given)


def test_pages_load_styles_and_scripts_of_this_site_only(pages: dict[str, Reader]) -> None:
    for page, reader in pages.items():
        for tag, given in reader.tags:
            source = given.get("src") or (
                given.get("href", "") if tag == "link" and given.get("rel") != "canonical" else ""
            )
            assert not source.startswith(("http:", "https:", "//")), f"{page} loads {source}"


def test_the_site_carries_nothing_of_the_extensions_it_was_built_with(built: Path) -> None:
    ours = Path(__file__).resolve().parents[2] / "book/assets"
    served = {
        file.relative_to(built / "_static").as_posix() for file in (built / "_static").rglob("*") if file.is_file()
    }
    assert served == {file.relative_to(ours).as_posix() for file in ours.rglob("*") if file.is_file()}


def test_every_notebook_can_be_downloaded_as_it_is(built: Path, pages: dict[str, Reader]) -> None:
    root = Path(__file__).resolve().parents[2]
    for page in pages:
        if page.startswith(("notebooks/", "exercises/")):
            notebook = page.removesuffix(".html") + ".ipynb"
            assert any(link.endswith(f"_sources/{notebook}") for link in pages[page].links), page
            assert (built / "_sources" / notebook).read_bytes() == (root / notebook).read_bytes()


def test_the_site_map_names_every_page_but_search_and_404(built: Path, pages: dict[str, Reader]) -> None:
    listed = set(re.findall(r"<loc>http://book\.test/course/(.*?)</loc>", (built / "sitemap.xml").read_text()))
    assert {name or "index.html" for name in listed} == set(pages) - {"search.html", "404.html"}


def test_formulas_and_drawings_are_part_of_the_page(built: Path, pages: dict[str, Reader]) -> None:
    for page in pages:
        text = (built / page).read_text("utf-8")
        assert "mermaid.js" not in text and "mathjax" not in re.sub(r'class="[^"]*"', "", text).lower(), page
