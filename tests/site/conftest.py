"""The site, built once for all workers, served from a sub-path as GitHub Pages does, and a browser that knows no other host."""

from __future__ import annotations

import fcntl
import functools
import http.server
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from course.authoring.site import build
from course.learning import prerequisites

ROOT = Path(__file__).resolve().parents[2]
HOST, PREFIX = "book.test", "/course/"
KINDS = {
    "front page": "index.html",
    "start": "book/start.html",
    "roadmap": "book/roadmap.html",
    "chapter opener": "book/01-core-python.html",
    "topic": "notebooks/01-core-python/02-data-model.html",
    "exercises": "exercises/01-core-python/02-data-model.html",
    "guide": "book/guides/student.html",
    "glossary": "book/glossary.html",
    "search": "search.html",
    "no such page": "no/such/page.html",
}

expect.set_options(timeout=20_000)  # a busy machine is slow, and that is no defect of the page


@dataclass
class Site:
    """The built pages and where they are served: `url` under a foreign name, `local` as `make start` does."""

    folder: Path
    url: str = ""
    local: str = ""
    kinds: dict[str, str] = field(default_factory=lambda: KINDS)

    @property
    def pages(self) -> list[str]:
        """The addresses of all pages, below `url`."""
        return sorted(file.relative_to(self.folder).as_posix() for file in self.folder.rglob("*.html"))


class Server(http.server.ThreadingHTTPServer):
    """Several browsers ask for all of a page's files at once; a connection that is refused is tried again much later."""

    request_queue_size = 128


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serve files, answer what is missing with the site's own 404 page, and lab.json on localhost only."""

    def do_GET(self) -> None:
        if self.path.endswith("/lab.json") and self.headers["Host"].startswith("localhost"):
            self.answer(200, b'{"lab": "http://localhost:8888/lab/tree/"}', "application/json")
        else:
            super().do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        self.answer(code, (Path(self.directory) / PREFIX.strip("/") / "404.html").read_bytes(), "text/html")

    def answer(self, code: int, body: bytes, kind: str) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture(scope="session")
def built() -> Path:
    """The folder with the pages; the first worker that needs it builds it."""
    shared = Path(os.environ["COURSE_TEST_TURNS"])
    folder = shared / "www" / PREFIX.strip("/")
    with (shared / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            folder.parent.mkdir()
            build(ROOT, f"http://{HOST}{PREFIX}", folder)
    return folder


@pytest.fixture(scope="session")
def site(built: Path) -> Iterator[Site]:
    handler = functools.partial(Handler, directory=str(built.parent))
    with Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_port
        yield Site(built, f"http://{HOST}:{port}{PREFIX}", f"http://localhost:{port}{PREFIX}")
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium for which every other host does not exist. Ended with the module: playwright keeps an event loop running."""
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    rules = f"--host-resolver-rules=MAP {HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=prerequisites.chromium(), args=[*quiet, *root, rules])
        yield chromium
        chromium.close()


@dataclass
class Visit:
    """A page in the browser, with everything it asked for and complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Callable[..., Visit]]:
    """Open pages: `visit("index.html", width=375, colours="dark")`; further settings go to the browser context."""
    contexts: list[BrowserContext] = []

    def open_page(path: str, *, width: int = 1280, colours: str = "light", base: str = "", **settings: object) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=colours, **settings)  # type: ignore[arg-type]
        contexts.append(context)
        seen = Visit(context.new_page())
        seen.page.on("request", lambda request: seen.requests.append(request.url))
        seen.page.on(
            "console", lambda line: seen.complaints.append(line.text) if line.type in ("error", "warning") else None
        )
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.page.goto((base or site.url) + path)
        return seen

    yield open_page
    for context in contexts:
        context.close()


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


def find_violations(page: Page) -> list[str]:
    page.evaluate(KEEP_ONE_TOKEN_OF_EACH_KIND)
    found = AXE.run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def find_everywhere(page: Page) -> dict[str, list[str]]:
    """Return the violations of an open page by width and colours."""
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for theme in THEMES:
            page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
            found[f"{width} {theme}"] = find_violations(page)
    return {where: rules for where, rules in found.items() if rules}


@pytest.fixture
def violations() -> Callable[[Page], list[str]]:
    """What axe finds on an open page."""
    return find_violations


@pytest.fixture
def everywhere() -> Callable[[Page], dict[str, list[str]]]:
    """What axe finds on an open page, on a phone and on a desk, light and dark."""
    return find_everywhere
