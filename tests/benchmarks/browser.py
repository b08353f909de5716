"""Measure grading on the page, per set of packages: `python tests/benchmarks/browser.py [--quick]`.

Bytes as a static host sends them; the time from the first act to the result: cold on two lines (imitated by the server: the
browser's own imitation leaves workers out), warm in a new tab, again in the warm worker; and what the tab's process holds.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import os
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from course import index
from course.authoring.site import build
from course.judging import bank
from course.judging.program import Task
from course.learning import prerequisites
from course.onpage import verdicts as grading

ROOT = index.root()
PAGE = "exercises/01-core-python/02-data-model.html"
ASGI = ROOT / "tests/site/asgi"
LINES = {"50 Mbit/s": 50, "10 Mbit/s": 10}
AIMS = {"pytest": (3.0, 1.5, 0.3), "fastapi": (6.0, 3.0, 0.7)}  # seconds: cold at 50 Mbit/s, warm, further
TIMES = 5
TEXT = (".html", ".css", ".js", ".mjs", ".json", ".wasm", ".svg")
JUDGE = """async ({ job, sets, runtime }) => {
  const began = performance.now();
  const { grader } = await import(runtime);
  const reply = await grader.judge(job, sets);
  if (reply.error) throw new Error(reply.error);
  return [(performance.now() - began) / 1000, reply.said[0].passed];
}"""


@functools.cache
def sent(path: str) -> tuple[bytes, bool]:
    """Return a file as it travels, and whether it is compressed for that."""
    raw = Path(path).read_bytes()
    return (gzip.compress(raw), True) if path.endswith(TEXT) else (raw, False)


class Host(http.server.SimpleHTTPRequestHandler):
    """A static host: text compressed, everything cached for ten minutes."""

    protocol_version = "HTTP/1.1"
    line = threading.Lock()
    mbit = 0  # of the line that all connections share; 0: as fast as it goes

    def do_GET(self) -> None:
        path = self.translate_path(self.path)
        if not Path(path).is_file():
            return super().do_GET()
        body, packed = sent(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Content-Length", str(len(body)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.send(body)

    def send(self, body: bytes) -> None:
        """Send over a line that takes a hundredth of a second for each of its pieces, after a latency of two."""
        if not Host.mbit:
            self.wfile.write(body)
            return
        piece = Host.mbit * 1250
        time.sleep(0.02)
        for at in range(0, len(body), piece):
            with Host.line:
                time.sleep(0.01 * len(body[at : at + piece]) / piece)
                self.wfile.write(body[at : at + piece])

    def log_message(self, format: str, *args: object) -> None: ...


def job(task: Task, cells: list[tuple[str, str]]) -> dict[str, object]:
    """Return a job for the page's grader."""
    files = grading.texts(task.folder, "public")
    return {
        "cells": cells,
        "tasks": [{"id": task.id, "stub": task.stub, "files": files}],
        "limits": {"time": grading.SECONDS, "pace": grading.PACE},
        "seed": "0",
        "only": ["public"],
        "skip_stubs": False,
        "provider": "page",
    }


def kinds() -> dict[str, tuple[dict[str, object], list[str]]]:
    """Return a job and its sets of packages, by kind."""
    reference = grading.answers(ROOT, index.load(), "core.money")["reference"]
    cells = [(cell.source, cell.name) for cell in reference]
    sample = [((ASGI / "reference.py").read_text("utf-8"), "cell 1")]
    return {
        "pytest": (job(bank.task(ROOT, "core.money"), cells), []),
        "fastapi": (job(Task("sample.bookings", ASGI), sample), ["web"]),
    }


def opened(context: BrowserContext, url: str) -> Page:
    """Open the page in a new tab."""
    page = context.new_page()
    page.goto(url + PAGE)
    return page


def judged(page: Page, work: tuple[dict[str, object], list[str]]) -> float:
    """Return the seconds that a judgement took."""
    runtime = page.evaluate(
        "new URL(document.documentElement.dataset.runtime + 'page.js', new URL('../..', location)).href"
    )
    seconds, passed = page.evaluate(JUDGE, {"job": work[0], "sets": work[1], "runtime": runtime})
    assert passed, "the reference did not pass"
    return float(seconds)


def measure(browser: Browser, url: str, folder: Path, kind: str, work: tuple[dict[str, object], list[str]]) -> None:
    """Print the figures of one set of packages."""
    asked: set[str] = set()
    context = browser.new_context()
    context.on("request", lambda request: asked.add(urlsplit(request.url).path))
    page = opened(context, url)
    page.wait_for_load_state("networkidle")
    before = weight(asked, folder)
    judged(page, work)
    print(f"{kind:<10}before the first act {before / 1e3:.0f} KB")
    print(f"{'':<10}Python and packages {(weight(asked, folder) - before) / 1e6:.1f} MB")
    context.close()
    for name, mbit in LINES.items():
        cold = browser.new_context()
        page = opened(cold, url)
        Host.mbit = mbit
        print(f"{'':<10}cold at {name}: {judged(page, work):.2f} s", flush=True)
        Host.mbit = 0
        cold.close()
    warm = browser.new_context()
    first = opened(warm, url)
    judged(first, work)
    first.close()
    rounds = 1 if "--quick" in sys.argv else 3
    tabs = [opened(warm, url) for _ in range(rounds)]
    print(f"{'':<10}warm: {statistics.median([judged(tab, work) for tab in tabs]):.2f} s", flush=True)
    further = [judged(tabs[-1], work) for _ in range(TIMES)]
    print(f"{'':<10}further: {statistics.median(further) * 1000:.0f} ms; aims: {AIMS[kind]} s")
    print(f"{'':<10}memory of the tab's process: {rss(browser):.0f} MB")
    warm.close()


def rss(browser: Browser) -> float:
    """Return the megabytes that the largest process of the browser holds."""
    import psutil

    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    return max(psutil.Process(p["id"]).memory_info().rss for p in processes if p["type"] == "renderer") / 1e6


def weight(paths: set[str], folder: Path) -> int:
    """Return how many bytes the files at some addresses are as they travel."""
    files = [folder / path.removeprefix("/course/") for path in paths]
    return sum(len(sent(str(file))[0]) for file in files if file.is_file())


def main() -> None:
    """Build, serve, measure."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = build(ROOT, "http://localhost/course/", Path(scratch, "course"))
        handler = functools.partial(Host, directory=scratch)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            root = ["--no-sandbox"] if os.geteuid() == 0 else []
            browser = playwright.chromium.launch(executable_path=prerequisites.chromium(), args=root)
            print(
                f"{time.strftime('%Y-%m-%d')}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, {browser.version}"
            )
            for kind, work in kinds().items():
                measure(browser, f"http://course.localhost:{server.server_port}/course/", folder, kind, work)
            browser.close()
            server.shutdown()


if __name__ == "__main__":
    main()
