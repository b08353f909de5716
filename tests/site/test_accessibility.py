"""axe-core on every kind of page: no violation, light and dark, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest

pytestmark = pytest.mark.needs("chromium")


@pytest.mark.parametrize("kind", [
    "front page", "start", "roadmap", "chapter opener", "topic", "exercises", "guide", "glossary", "search", "no such page",
])  # fmt: skip
def test_no_violation_on(kind: str, visit: Callable, site, everywhere: Callable) -> None:
    page = visit(site.kinds[kind]).page
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert everywhere(page) == {}


def test_no_violation_while_searching(visit: Callable, site, everywhere: Callable) -> None:
    page = visit(site.kinds["start"]).page
    page.keyboard.press("/")
    page.keyboard.type("seat")
    page.get_by_role("dialog").get_by_role("link").first.wait_for()
    assert everywhere(page) == {}


def test_no_violation_while_the_contents_are_open(visit: Callable, site, violations: Callable) -> None:
    page = visit(site.kinds["topic"], width=375).page
    page.get_by_role("button", name="Contents").click()
    assert violations(page) == []
