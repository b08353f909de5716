"""Structure of every notebook: format, ids, tags, outputs, what both JupyterLab and the site can show."""

from __future__ import annotations

import re
from collections.abc import Iterator

from course import notebook
from course.authoring import prose
from course.authoring.machine import machine_path, personal_path
from course.authoring.tree import Finding, Tree
from course.errors import CourseError
from course.notebook import NotebookCell

RULES = {
    "format": "no readable notebook of nbformat 4.5",
    "kernel": "another kernel or more metadata than ours",
    "cell-id": "an id that is no slug, or is there twice",
    "cell-metadata": "metadata of an editor",
    "tags": "a tag outside the closed set",
    "nbval-skip": "a cell that would never be run",
    "nbval-ignore": "too many outputs are not compared, or one without an assertion",
    "executed": "outputs or counts are missing",
    "stripped": "outputs or counts are committed",
    "machine-path": "a path of one machine",
    "alt-text": "a picture without a text alternative",
    "directive": "MyST that JupyterLab shows as it is",
}
METADATA = notebook.blank([])["metadata"]
CELL_METADATA = {"tags", "mystnb"}
TAGS = {"given", "answer", "check", "raises-exception", "nbval-ignore-output", "hide-input"}
IGNORED = 5  # one in so many code cells may go uncompared


def findings(tree: Tree) -> Iterator[Finding]:
    """Yield what is wrong with the form of any notebook."""
    for path in tree.under("notebooks", "solutions", "exercises", suffix=".ipynb"):
        try:
            nb = tree.notebook(path)
        except CourseError as error:
            yield Finding(path, "format", str(error))
            continue
        problems = [*form(nb), *cells(nb["cells"])]
        if path.startswith("notebooks/"):
            problems += [*executed(nb["cells"]), *ignored(nb["cells"])]
        else:
            problems += stripped(nb["cells"])
        yield from (Finding(path, rule, said) for rule, said in problems)


Problem = tuple[str, str]


def form(nb: notebook.Notebook) -> Iterator[Problem]:
    """Check format, kernel and cell ids."""
    if (nb["nbformat"], nb.get("nbformat_minor")) != (4, 5):
        yield "format", f"nbformat is {nb['nbformat']}.{nb.get('nbformat_minor')}; save it as 4.5"
    if nb.get("metadata") != METADATA:
        yield "kernel", f"its metadata is {nb.get('metadata')}; make it exactly {METADATA}"
    seen: set[str] = set()
    for number, cell in enumerate(nb["cells"], 1):
        if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", cell["id"]) or re.fullmatch(r"cell-\d+", cell["id"]):
            yield "cell-id", f"cell {number} has the id {cell['id']!r}; give it a slug that says what it is for"
        if cell["id"] in seen:
            yield "cell-id", f"two cells have the id {cell['id']!r}; an id stands once"
        seen.add(cell["id"])


def cells(all_cells: list[NotebookCell]) -> Iterator[Problem]:
    """Check metadata, tags, pictures, paths and markdown of every cell."""
    for cell in all_cells:
        name = f"cell {cell['id']}"
        for key in sorted(cell["metadata"].keys() - CELL_METADATA):
            yield "cell-metadata", f"{name} carries {key!r}; remove it, only {', '.join(sorted(CELL_METADATA))} stay"
        for tag in notebook.tags(cell):
            if tag == "nbval-skip":
                yield "nbval-skip", f"{name} would never be run; use raises-exception or nbval-ignore-output"
            elif tag not in TAGS:
                yield "tags", f"{name} has the tag {tag!r}; the known ones are {', '.join(sorted(TAGS))}"
        found = personal_path(cell["source"]) or machine_path(cell.get("outputs", []))
        if found:
            yield "machine-path", f"{name} shows {found}, a path of one machine; print less, or use a relative path"
        if cell["cell_type"] == "markdown":
            yield from markdown(cell["source"], name)
        elif any(shows_picture(output) for output in cell.get("outputs", [])) and not alternative(cell):
            said = '"mystnb": {"image": {"alt": "what the picture shows"}}'
            yield "alt-text", f"{name} shows a picture without a text alternative; add the metadata {said}"


def markdown(source: str, name: str) -> Iterator[Problem]:
    """Check that both JupyterLab and the site can show a markdown cell, and that pictures are described."""
    for found in prose.directives(source):
        yield "directive", f"{name} holds {found!r}, which JupyterLab does not know; write CommonMark"
    for picture, text, target in prose.links(source):
        if picture and not text:
            yield "alt-text", f"{name} shows {target} without a text alternative; write it between the brackets"
    for tag in re.findall(r"<img\b[^>]*>", prose.unfenced(source)):
        if not re.search(r"""\balt=["'][^"']""", tag):
            yield "alt-text", f"{name} has an <img> without alt; say there what it shows"
    for match in prose.FENCED.finditer(source):
        if match["info"].strip() == "mermaid" and not ("accTitle:" in match[0] and "accDescr:" in match[0]):
            yield "alt-text", f"{name} has a diagram without accTitle: and accDescr:, its text alternative; add both"


def shows_picture(output: dict[str, object]) -> bool:
    """Say whether an output is a picture."""
    data = output.get("data")
    return isinstance(data, dict) and any(str(kind).startswith("image/") for kind in data)


def alternative(cell: NotebookCell) -> str:
    """Return the text alternative of a cell's picture."""
    place = cell["metadata"].get("mystnb")
    image = place.get("image") if isinstance(place, dict) else None
    return str(image.get("alt") or "").strip() if isinstance(image, dict) else ""


def executed(all_cells: list[NotebookCell]) -> Iterator[Problem]:
    """Check that counts run from 1 to n and that outputs are there."""
    code = [cell for cell in all_cells if cell["cell_type"] == "code"]
    for number, cell in enumerate(code, 1):
        if cell.get("execution_count") != number:
            said = f"cell {cell['id']} is code cell {number} and has the count {cell.get('execution_count')}"
            yield "executed", f"{said}; run `course execute`"
            return
    if code and not any(cell.get("outputs") for cell in code):
        yield "executed", "no cell has an output; run `course execute`"


def stripped(all_cells: list[NotebookCell]) -> Iterator[Problem]:
    """Check that nothing of a run is left."""
    for cell in all_cells:
        if cell.get("outputs") or cell.get("execution_count") is not None:
            yield "stripped", f"cell {cell['id']} holds an output or a count; clear all outputs and save"


def ignored(all_cells: list[NotebookCell]) -> Iterator[Problem]:
    """Check how many outputs go uncompared, and that each such cell asserts something."""
    code = [cell for cell in all_cells if cell["cell_type"] == "code"]
    loose = [cell for cell in code if "nbval-ignore-output" in notebook.tags(cell)]
    if len(loose) * IGNORED > len(code):
        said = f"{len(loose)} of {len(code)} code cells are not compared; a fifth is the most: make outputs stable"
        yield "nbval-ignore", f"{said} (seed, fake clock)"
    for cell in loose:
        if not re.search(r"^\s*assert\b", cell["source"], re.M):
            yield "nbval-ignore", f"cell {cell['id']} is not compared and asserts nothing; assert what must hold"
