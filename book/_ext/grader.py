"""Puts into pages what the page's grader needs (course/onpage/pages.py); without a runtime it does nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from course import index
from course.judging.program import header
from course.onpage import pages as onpage
from course.onpage import verdicts as browser

VARIABLE = "COURSE_RUNTIME"  # set by course/authoring/site.py: the runtime's name


def add_tools(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the buttons below each answer cell."""
    if not docname.startswith("exercises/"):
        return
    known = browser.load(Path(app.srcdir))
    sources = {c["id"]: "".join(c["source"]) for c in _cells(app, docname) if c["cell_type"] == "code"}
    for node in list(doctree.findall(nodes.container)):
        cell = next((each for each in node["ids"] if each in sources), "")
        kind, exercise = header(sources.get(cell, ""))
        if node.get("nb_element") == "cell_code" and kind == "exercise" and exercise in known:
            markup = onpage.tools(exercise, cell, known[exercise].missing, "../" * docname.count("/"))
            node.parent.insert(node.parent.index(node) + 1, nodes.raw("", markup, format="html"))


def _cells(app: Sphinx, docname: str) -> Any:
    return json.loads(Path(app.srcdir, f"{docname}.ipynb").read_text("utf-8"))["cells"]


def add_facts(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Tell the frame where the runtime and the page's program lie."""
    root, course = Path(app.srcdir), index.load(Path(app.srcdir, "course.yml"))
    context["runtime"] = f"{onpage.FOLDER}/{os.environ[VARIABLE]}/"
    if page.startswith(tuple(f"{kind}/" for kind in onpage.KINDS)):
        context["program"] = onpage.address(page, onpage.program(root, course, page))
        context["body"] += onpage.work(page.startswith("exercises/"))
    if page == app.config.root_doc:
        context["body"] += onpage.seats(course, root)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register everything; Sphinx calls this."""
    if os.environ.get(VARIABLE):
        app.connect("doctree-resolved", add_tools)
        app.connect("html-page-context", add_facts, priority=450)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
