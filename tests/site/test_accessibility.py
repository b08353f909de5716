"""axe-core on every kind of page: no violation, light and dark, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.needs("chromium")

AXE = Axe()
WIDTHS = (375, 1280)
THEMES = ("light", "dark")


# Two words of code with the same classes have the same colours: one of each is left to axe, which is ten times faster.
KEEP_ONE_TOKEN_OF_EACH_KIND = """() => {
  const seen = new Set();
  for (const token of document.querySelectorAll("pre span:not(:has(*))")) {
    const kind = [token, token.closest("[class*=highlight-]"), token.closest(".cell_output")].map((e) => e?.className).join("|");
    if (seen.has(kind)) token.replaceWith(token.textContent);
    seen.add(kind);
  }
}"""


def violations(page: Page) -> list[str]:
    page.evaluate(KEEP_ONE_TOKEN_OF_EACH_KIND)
    found = AXE.run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def everywhere(page: Page) -> dict[str, list[str]]:
    """Return the violations of an open page by width and colours."""
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for theme in THEMES:
            page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
            found[f"{width} {theme}"] = violations(page)
    return {where: rules for where, rules in found.items() if rules}


@pytest.mark.parametrize("kind", [
    "front page", "start", "roadmap", "chapter opener", "topic", "exercises", "guide", "glossary", "search", "no such page",
])  # fmt: skip
def test_no_violation_on(kind: str, visit: Callable, site) -> None:
    page = visit(site.kinds[kind]).page
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert everywhere(page) == {}


def test_no_violation_while_searching(visit: Callable, site) -> None:
    page = visit(site.kinds["start"]).page
    page.keyboard.press("/")
    page.keyboard.type("seat")
    page.get_by_role("dialog").get_by_role("link").first.wait_for()
    assert everywhere(page) == {}


def test_no_violation_while_the_contents_are_open(visit: Callable, site) -> None:
    page = visit(site.kinds["topic"], width=375).page
    page.get_by_role("button", name="Contents").click()
    assert violations(page) == []
