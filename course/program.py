"""The graded program: which cells run, in which order, and where each exercise's answer stands."""

from __future__ import annotations

import ast
import functools
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.session import Step

HEADER = re.compile(r"\s*#[ \t]*(exercise|given):[ \t]*(\S+)[ \t]*(?:\n|\Z)")
FILE_HEADER = re.compile(r"%%answer[ \t]+(\S+)[ \t]+(\S+)[ \t]*(?:\n|\Z)")


@dataclass(frozen=True)
class Cell:
    """One code cell. `name` is how people find it: "cell 7"."""

    source: str
    name: str


@dataclass(frozen=True)
class Task:
    """One exercise to judge: where its checks lie, and the stub that counts as not attempted."""

    id: str
    folder: Path
    stub: str = ""

    def text(self, name: str) -> str:
        """Return a file of the exercise's folder, or nothing."""
        path = self.folder / name
        return path.read_text("utf-8") if path.is_file() else ""


@dataclass(frozen=True)
class Answer:
    """What was found for one task: its cell, the number of steps up to it, its files, remarks for the report."""

    source: str
    attempted: bool
    steps: int
    files: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def header(source: str) -> tuple[str, str]:
    """Return ("exercise" or "given", id) of a cell's first line, or two empty strings."""
    match = HEADER.match(source)
    return (match[1], match[2]) if match else ("", "")


def same_code(one: str, other: str) -> bool:
    """Say whether two cells are the same program, comments and layout apart."""
    try:
        return ast.dump(ast.parse(one)) == ast.dump(ast.parse(other))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return one.split() == other.split()


@functools.cache
def _ipython() -> Any:
    from IPython.core.inputtransformer2 import TransformerManager

    return TransformerManager()  # type: ignore[no-untyped-call]


def plain(source: str) -> str:
    """Return a cell with IPython's syntax turned into Python; as it is where that fails."""
    if not re.search(r"^\s*[%!?]|[?]\s*$|=\s*[%!]", source, re.M):
        return source
    try:
        return str(_ipython().transform_cell(source))
    except Exception:  # the cell reports its own syntax error when it runs
        return source


def plan(cells: list[Cell], tasks: list[Task]) -> tuple[list[Step], dict[str, Answer]]:
    """Return the steps of the graded program and the answer of each task, by id.

    Of several cells with one id the last that is not the stub counts. An exercise's given.py runs where its given
    cell stands, else right before the answer; whatever the submission's own copy says is not run.
    """
    steps: list[Step] = []
    answers: dict[str, Answer] = {}
    by_id = {task.id: task for task in tasks}
    chosen = {task.id: _choose(cells, task) for task in tasks}
    for index, cell in enumerate(cells):
        kind, name = header(cell.source)
        task = by_id.get(name)
        if FILE_HEADER.match(cell.source):
            continue
        if kind == "given":
            if task and task.text("given.py") and index < chosen[name][0]:
                steps.append(Step("given", name, task.text("given.py")))
            continue
        here = task is not None and chosen[name][0] == index
        if here and task and task.text("given.py") and Step("given", name, task.text("given.py")) not in steps:
            steps.append(Step("given", name, task.text("given.py")))
        steps.append(Step("cell", f"<{cell.name}>", plain(cell.source)))
        if here and task:
            notes = (*chosen[name][1], *_below(cells, index))
            answers[name] = Answer(cell.source, not same_code(cell.source, task.stub), len(steps), {}, notes)
    for task in tasks:
        if files := _files(cells, task.id):
            source = "\n".join(files.values())
            answers[task.id] = Answer(source, source.strip() != task.stub.strip(), len(steps), files)
    return steps, answers


def _choose(cells: list[Cell], task: Task) -> tuple[int, tuple[str, ...]]:
    """Return the index of the cell that counts (the number of cells where there is none) and remarks."""
    found = [i for i, cell in enumerate(cells) if header(cell.source) == ("exercise", task.id)]
    if not found:
        return len(cells), ()
    tried = [i for i in found if not same_code(cells[i].source, task.stub)]
    index = tried[-1] if tried else found[-1]
    if len(found) == 1:
        return index, ()
    where = ", ".join(cells[i].name for i in found)
    return index, (f"There are {len(found)} cells for this exercise ({where}); {cells[index].name} was judged.",)


def _files(cells: list[Cell], exercise: str) -> dict[str, str]:
    """Return the files that `%%answer ID NAME` cells hold for an exercise."""
    files = {}
    for cell in cells:
        match = FILE_HEADER.match(cell.source)
        if match and match[1] == exercise:
            files[match[2]] = cell.source[match.end() :]
    return files


def _below(cells: list[Cell], index: int) -> list[str]:
    """Return a remark for each name that the answer uses and only a later cell defines."""
    try:
        used = {n.id for n in ast.walk(ast.parse(cells[index].source)) if isinstance(n, ast.Name)}
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    above = set().union(*(_defined(cell.source) for cell in cells[: index + 1]))
    notes = []
    for cell in cells[index + 1 :]:
        if header(cell.source)[0]:
            continue
        for name in sorted(used & _defined(cell.source) - above):
            notes.append(f"`{name}` is defined in {cell.name}, below the answer in {cells[index].name}: move it above.")
            above.add(name)
    return notes


def _defined(source: str) -> set[str]:
    """Return the names that a cell defines at its top level."""
    try:
        body = ast.parse(plain(source)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    names: set[str] = set()
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        else:
            names |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return names
