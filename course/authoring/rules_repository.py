"""Structure of the repository: derived files, orphans, links, sizes, chapters."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from course.authoring import diagrams, generate, prose
from course.authoring.machine import personal_path
from course.authoring.tree import Finding, Tree
from course.errors import CourseError
from course.judging.program import BESIDE

RULES = {
    "stale": "a derived file is missing or was edited",
    "derive": "deriving refuses",
    "toc": "the site's contents name a page that is not there",
    "orphan": "nothing names this file",
    "size": "a file is over 1 MB",
    "machine-path": "a path of one machine",
    "readme": "the README is missing or too long",
    "link": "a relative link leads nowhere",
    "todo": "a text is still to be written",
    "exercise-id": "the id does not begin with its chapter's word",
    "chapter": "a complete chapter lacks a kind of exercise",
}
LARGEST = 1_000_000  # bytes
README_WORDS = 400
PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".ico", ".avif"}
NAMING = {".md", ".html", ".css", ".js", ".py", ".yml", ".ipynb", ".json", ".toml"}
TODO = "TODO" + ":"  # what `course new` writes; in two parts, so that this line is none
DERIVED = re.compile(r"^head$|-(?:heading|given)$")  # cells that `course derive` writes
HOSTILE = "tests/hostile/"  # programs that look for homes on purpose; so do the Dockerfiles of root's containers


def findings(tree: Tree) -> Iterator[Finding]:
    """Yield what is wrong with the repository as a whole."""
    yield from fresh(tree)
    yield from contents(tree)
    yield from orphans(tree)
    yield from files(tree)
    yield from readme(tree)
    yield from links(tree)
    yield from todos(tree)
    yield from ids(tree)
    yield from chapters(tree)


def fresh(tree: Tree) -> Iterator[Finding]:
    """Compare every derived file with what it is derived from."""
    for name, make in generate.parts(tree.course, tree.root):
        try:
            for path in generate.differing(make(), tree.root):
                yield Finding(path.as_posix(), "stale", "it is derived, and not what it should be; run `course derive`")
        except CourseError as error:
            yield Finding(name, "derive", str(error))


def contents(tree: Tree) -> Iterator[Finding]:
    """Hold the pages against the site's table of contents, both ways."""
    named = set(re.findall(r"^[\s-]*(?:file|root): (\S+)$", generate.toc(tree.course), re.M))
    for page in sorted(named):
        if not {f"{page}.md", f"{page}.ipynb"} & set(tree.files):
            yield Finding("_toc.yml", "toc", f"{page} does not exist; write {page}.md or {page}.ipynb")
    for page in tree.under("book", suffix=".md"):
        if page.removesuffix(".md") not in named and not page.startswith("book/_"):
            yield Finding(
                page, "orphan", "the contents do not name this page; add it to toc() in course/authoring/generate.py"
            )


def orphans(tree: Tree) -> Iterator[Finding]:
    """Find notebooks, exercise folders, their files and pictures that nothing names."""
    stems = {key for _, _, key in tree.topics()}
    for path in tree.under("notebooks", "solutions", "exercises"):
        if path.partition("/")[2].removesuffix(".ipynb") not in stems and not path.startswith("solutions/labs/"):
            yield Finding(path, "orphan", "course.yml names no written topic of this name; add it there or remove this")
    folders = {folder for _, folder, _ in tree.exercises()}
    for path in tree.under("tests/exercises"):
        folder, _, rest = path.removeprefix("tests/exercises/").partition("/")
        slug, _, inner = rest.partition("/")
        if f"tests/exercises/{folder}/{slug}" not in folders:
            yield Finding(path, "orphan", "course.yml names no exercise of this folder; add it there or remove this")
        elif not re.fullmatch(
            r"(public|withheld)/(test_\w+|conftest)\.py|(wrong|alternatives)/\w+\.py|\w+\.\w+", inner
        ):
            yield Finding(path, "orphan", "nothing reads it; use public/test_*.py, withheld/, wrong/ or alternatives/")
        elif "/" not in inner and inner not in BESIDE:
            yield Finding(path, "orphan", f"nothing reads it; beside the folders stand {', '.join(BESIDE)}")
    yield from pictures(tree)


def pictures(tree: Tree) -> Iterator[Finding]:
    """Find pictures that no page, style or program names."""
    texts = [tree.text(name) for name in tree.files if Path(name).suffix in NAMING]
    pages = [c["source"] for n in tree.under("notebooks", "exercises", suffix=".ipynb") for c in tree.cells(n)]
    pages += [tree.text(name) for name in tree.under("book", suffix=".md")]
    drawn = {diagrams.name_of(block) for page in pages for block in diagrams.FENCE.findall(page)}
    for path in tree.files:
        name = Path(path).name
        if Path(path).suffix in PICTURES and name not in drawn and not any(name in text for text in texts):
            yield Finding(path, "orphan", "no page shows this picture; remove it, or show it with a text alternative")


def files(tree: Tree) -> Iterator[Finding]:
    """Look at the size of every file and for paths of one machine in every text."""
    for path in tree.files:
        size = (tree.root / path).stat().st_size
        if size > LARGEST:
            yield Finding(
                path, "size", f"it has {size:,} bytes, {LARGEST:,} are allowed; make it smaller or leave it out"
            )
        if path.endswith(".ipynb") or path.startswith(HOSTILE) or "Dockerfile" in path:
            continue  # the notebooks' own rules name the cell
        if found := personal_path(tree.text(path)):
            yield Finding(path, "machine-path", f"{found} is a path of one machine; write a relative one")


def readme(tree: Tree) -> Iterator[Finding]:
    """Count the words of the first minute."""
    number = prose.count(tree.text("README.md"))
    if not 1 <= number <= README_WORDS:
        yield Finding("README.md", "readme", f"it has {number} words; write 1 to {README_WORDS}, and link to the rest")


def links(tree: Tree) -> Iterator[Finding]:
    """Follow the relative links of pages and notebooks, anchors included; what is derived is checked at its source."""
    pages = [name for name in tree.files if name.endswith(".md") and not name.startswith("tests/")]
    for path in [*pages, *tree.under("notebooks", "solutions", suffix=".ipynb")]:
        for _, _, target in prose.links(markdown(tree, path)):
            if not re.match(r"[a-z][a-z+.-]*:|//", target) and (problem := lost(tree, path, target)):
                yield Finding(path, "link", f"the link to {target} leads nowhere: {problem}")


def markdown(tree: Tree, path: str) -> str:
    """Return a page's markdown; of a notebook, all its markdown cells."""
    if not path.endswith(".ipynb"):
        return tree.text(path)
    return "\n\n".join(cell["source"] for cell in tree.cells(path) if cell["cell_type"] == "markdown")


def lost(tree: Tree, path: str, target: str) -> str:
    """Return why a link leads nowhere, or nothing."""
    name, _, anchor = target.partition("#")
    there = os.path.normpath(Path(path).parent / name) if name else path
    if there not in tree and there not in tree.folders:
        return f"there is no {there}"
    if not anchor or there in tree.folders:
        return ""
    if there.endswith(".ipynb"):
        return lost_in_notebook(tree, there, anchor)
    given = re.findall(r"""\b(?:id|name)=["']([^"']+)["']""", tree.text(there))
    return "" if anchor in {*given, *prose.anchors(tree.text(there))} else f"{there} has no heading #{anchor}"


def lost_in_notebook(tree: Tree, path: str, anchor: str) -> str:
    """Return why JupyterLab or the site would not find an anchor, or nothing.

    JupyterLab finds any cell by `cell-id=` and makes `What-in-asks` of a heading; the site finds code cells by
    `cell-id=` and makes `what-in-asks`.
    """
    kinds = {cell["id"]: cell["cell_type"] for cell in tree.cells(path)}
    name, text = anchor.removeprefix("cell-id="), markdown(tree, path)
    if kinds.get(name) == "code":
        return "" if name != anchor else f"write #cell-id={name}, which JupyterLab finds too"
    if name in kinds:
        return f"{name} is a {kinds[name]} cell; link to a code cell, others have no address on the site"
    if anchor in prose.anchors(text) & {title.replace(" ", "-") for title in prose.headings(text)}:
        return ""
    known = anchor.lower() in prose.anchors(text)
    said = "JupyterLab and the site give that heading different addresses" if known else f"{path} has no #{anchor}"
    return f"{said}; link to a code cell with #cell-id=ID"


def todos(tree: Tree) -> Iterator[Finding]:
    """Find what `course new` left to be written; what is derived repeats it, and is passed over."""
    for path in ["course.yml", *tree.under("notebooks", "solutions", "tests/exercises", "book")]:
        texts = {"": re.sub(r"<!-- course:(\w+) -->.*?<!-- /course:\1 -->", "", tree.text(path), flags=re.S)}
        if path.endswith(".ipynb"):
            cells = [cell for cell in tree.cells(path) if not DERIVED.search(cell["id"])]
            texts = {f" in cell {cell['id']}": cell["source"] for cell in cells}
        for where, text in texts.items() if path != "book/roadmap.md" else ():
            for said in re.findall(rf"{TODO} *([^\n\"]*)", text):
                yield Finding(path, "todo", f"still to be written{where}: {said}")


def ids(tree: Tree) -> Iterator[Finding]:
    """Hold the first part of each id against the chapter, and against the other ids there."""
    for chapter in tree.course.chapters:
        words, first = chapter.slug.split("-")[1:], ""
        for exercise in (exercise for topic in chapter.written for exercise in topic.exercises):
            word = exercise.id.partition(".")[0]
            first = first or word
            if word not in words:
                said = f"the id {exercise.id} begins with none of {', '.join(words)}, the words of {chapter.slug}"
                yield Finding("course.yml", "exercise-id", f"{said}; use one")
            elif word != first:
                said = f"the ids of {chapter.slug} begin with {first} and with {word} ({exercise.id}); use one of them"
                yield Finding("course.yml", "exercise-id", said)


def chapters(tree: Tree) -> Iterator[Finding]:
    """Ask of every complete chapter that it has each kind of exercise."""
    for chapter in tree.course.chapters:
        if len(chapter.written) < len(chapter.topics) or not chapter.topics:
            continue
        exercises = [exercise for topic in chapter.written for exercise in topic.exercises]
        for kind in ("repair", "measure", "break"):
            if kind not in {exercise.kind for exercise in exercises}:
                yield Finding("course.yml", "chapter", f"{chapter.slug} is complete and has no exercise of kind {kind}")
        if not any(exercise.level == 3 for exercise in exercises):
            yield Finding("course.yml", "chapter", f"{chapter.slug} is complete and has no exercise of level 3")
