"""What a page that grades is given: the marks in its HTML, and a file with its program, stubs, solutions and checks."""

from __future__ import annotations

import hashlib
import html
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course import index, notebook
from course.index import Chapter, Course, Topic
from course.judging import bank
from course.judging.program import header
from course.onpage import runtime
from course.onpage import verdicts as browser

FOLDER = "_runtime"
KINDS = ("notebooks", "exercises")
TOOLS = (("edit", "Edit"), ("run", "Run"), ("check", "Check"), ("reset", "Reset"), ("solution", "Show the solution"))
KEPT = (
    "Your code and what you solved are kept in this browser, for this site, and nowhere else; nothing is sent anywhere."
)
LOCALLY = "book/guides/student.html"


def address(page: str, program: dict[str, Any]) -> str:
    """Return where a page's program lies; the address changes with the program."""
    made = hashlib.sha256(json.dumps(program, sort_keys=True).encode()).hexdigest()[:12]
    return f"{FOLDER}/pages/{page.replace('/', '-')}.{made}.json"


def pages(course: Course) -> Iterator[tuple[str, Chapter, Topic]]:
    """Yield each page that runs code, with its chapter and topic."""
    for chapter, topic in course.topics():
        for kind in KINDS:
            yield f"{kind}/{chapter.slug}/{topic.stem}", chapter, topic


def program(root: Path, course: Course, page: str) -> dict[str, Any]:
    """Return the program of a page: its code cells, and what its exercises need."""
    cells = notebook.read(root / f"{page}.ipynb")["cells"]
    code = [
        {"id": cell["id"], "name": f"cell {number}", "source": cell["source"]}
        for number, cell in enumerate(cells, 1)
        if cell["cell_type"] == "code"
    ]
    exercises = {}
    if page.startswith("exercises/"):
        solved = {
            header(c.source)[1]: c.source for c in bank.program(root / f"solutions/{page.partition('/')[2]}.ipynb")
        }
        known = browser.load(root)
        for cell in code:
            kind, exercise = header(cell["source"])
            if kind == "exercise" and exercise in known and not known[exercise].missing:
                task = bank.task(root, exercise)
                exercises[exercise] = {
                    "cell": cell["id"],
                    "stub": task.stub,
                    "solution": reference(solved[exercise]),
                    "files": browser.texts(task.folder, "public"),
                    "sets": known[exercise].sets,
                }
    return {"page": page, "sets": [], "cells": code, "exercises": exercises}


def reference(source: str) -> str:
    """Return a reference as people read it: without the marks around it, and without a stub in comments."""
    from course.authoring.derive import BEGIN_STUB, END_STUB, EVERY_MARKER

    kept, inside = [], False
    for line in source.splitlines():
        mark = line.strip()
        inside = (inside or mark == BEGIN_STUB) and mark != END_STUB
        if not inside and mark not in EVERY_MARKER:
            kept.append(line)
    return "\n".join(kept)


def tools(exercise: str, cell: str, missing: str, up: str) -> str:
    """Return what stands below an answer cell: the buttons, or why there are none."""
    if missing:
        return (
            f'<p class="local">This page cannot judge {html.escape(exercise)}: it lacks {html.escape(missing)}. '
            f'<a href="{up}{LOCALLY}">Solve it in JupyterLab</a>, where the same checks run.</p>'
        )
    name = html.escape(exercise)
    buttons = "".join(f'<button type="button" data-do="{key}">{label}</button>' for key, label in TOOLS)
    return (
        f'<div class="grader" data-exercise="{name}" data-cell="{html.escape(cell)}">'
        f'<div class="tools" role="group" aria-label="{name}">{buttons}'
        '<button type="button" class="stop" data-do="stop">Stop</button></div>'
        '<p role="status"></p><p class="state"></p><div class="result"></div><div class="solution"></div></div>'
    )


def work(exercises: bool) -> str:
    """Return the section on what is kept, how to take it along, and how to erase it."""
    carry = (
        '<button type="button" data-do="download">Download my answers as a notebook</button> '
        '<button type="button" data-do="load">Load a notebook</button>'
        '<input type="file" accept=".ipynb" aria-label="Notebook to load" hidden>'
    )
    return (
        f'<section class="work" aria-label="Your work"><p>{KEPT}</p><p class="tools">{carry if exercises else ""} '
        '<button type="button" data-do="erase">Erase everything kept</button></p><p role="status"></p></section>'
    )


def seats(course: Course, root: Path) -> str:
    """Return the picture of what is solved: a seat for each exercise that the pages can judge, a row a chapter."""
    known = browser.load(root)
    rows = []
    for chapter in course.chapters:
        ids = [e.id for topic in chapter.written for e in topic.exercises if e.id in known and not known[e.id].missing]
        if ids:
            places = "".join(f'<i data-exercise="{html.escape(i)}"></i>' for i in ids)
            rows.append(
                f'<div class="seats"><p>{html.escape(chapter.title)}: <output>0 of {len(ids)} solved here</output></p>'
                f'<div role="img" aria-label="0 of {len(ids)} exercises solved here">{places}</div></div>'
            )
    said = "<p>Exercises are solved and checked right on their pages, in your browser; each one fills a seat.</p>"
    return (
        f'<section class="house" aria-label="Solved on these pages"><h2>Your house</h2>{said}{"".join(rows)}</section>'
    )


def write(root: Path, output: Path) -> None:
    """Put the runtime and each page's program into the built site."""
    built, course = runtime.build(), index.load(root / "course.yml")
    folder = output / FOLDER / runtime.key()
    folder.mkdir(parents=True)
    for file in built.iterdir():
        if file.name == "sw.js":
            (output / file.name).write_bytes(file.read_bytes())
        elif file.name != "node.mjs":
            (folder / file.name).write_bytes(file.read_bytes())
    for page, _, _ in pages(course):
        made = program(root, course, page)
        path = output / address(page, made)
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(made), "utf-8")
