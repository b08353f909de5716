"""The graded program: which cells run, in which order, and where each exercise's answer stands."""

from __future__ import annotations

import ast
import builtins
import functools
import hashlib
import re
import symtable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.judging.session import Step

ABOVE = r"(?:[ \t\r]*(?:[#%!].*|(?:import|from)\b.*)?\n)*?"  # what people put above a header: magics, comments, imports
HEADER = re.compile(rf"{ABOVE}[ \t]*#[ \t]*(exercise|given):[ \t]*(\S+)[ \t\r]*(?:\n|\Z)")
FILE_HEADER = re.compile(r"%%answer[ \t]+(\S+)[ \t]+(\S+)[ \t\r]*(?:\n|\Z)")
BESIDE = ("given.py", "inside.py", "template.py", "exercise.yml")  # what an exercise may have beside its checks
FILE_NAME = re.compile(r"\w[\w.-]{0,99}")


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

    def setting(self, name: str, form: str) -> str:
        """Return what exercise.yml says of a name, where it has that form, else nothing."""
        match = re.search(rf"^{name}:\s*({form})", self.text("exercise.yml"), re.M)
        return match[1] if match else ""

    @property
    def service(self) -> str:
        """The server that its checks use, or nothing."""
        return self.setting("service", r"\w+")


@dataclass(frozen=True)
class Answer:
    """What was found for one task: its cell, the number of steps up to it, its files, remarks for the report."""

    source: str
    attempted: bool
    steps: int
    files: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def header(source: str) -> tuple[str, str]:
    """Return ("exercise" or "given", id) of a cell's opening lines, or two empty strings."""
    match = HEADER.match(source)
    return (match[1], match[2]) if match else ("", "")


def same_code(one: str, other: str) -> bool:
    """Say whether two cells are the same program, comments and layout apart."""
    trees = _tree(one), _tree(other)
    return trees[0] == trees[1] if all(trees) else one.split() == other.split()


@functools.lru_cache(maxsize=512)
def _tree(source: str) -> bytes:
    """Return a hash of a cell's syntax tree, nothing where it has none; every submission meets the same stubs."""
    try:
        return hashlib.sha256(ast.dump(ast.parse(source)).encode("utf-8", "surrogatepass")).digest()
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return b""


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
    cell stands, after a changed copy of it; without such a cell where the exercise begins, and its names are put back
    right before the answer.
    """
    steps: list[Step] = []
    answers: dict[str, Answer] = {}
    by_id = {task.id: task for task in tasks}
    chosen = {task.id: _choose(cells, task) for task in tasks}
    given = {task.id: task.text("given.py") for task in tasks}
    given_at = {task.id: _given_at(cells, task, chosen[task.id][0]) for task in tasks if given[task.id]}
    for index, cell in enumerate(cells):
        kind, name = header(cell.source)
        task = by_id.get(name)
        copy = kind == "given" and name in given_at
        if copy and index in given_at[name] and not same_code(cell.source, given[name]):
            steps.append(Step("cell", f"<{cell.name}>", plain(cell.source)))
            note = f"The given code in {cell.name} was changed; the course's own copy runs after it."
            chosen[name] = chosen[name][0], (*chosen[name][1], note)
        steps += [Step("given", i, given[i]) for i, places in given_at.items() if index in places]
        if copy or FILE_HEADER.match(cell.source):
            continue
        steps.append(Step("cell", f"<{cell.name}>", plain(cell.source)))
        if kind == "exercise" and task and chosen[name][0] == index:
            notes = (*chosen[name][1], *_below(cells, index))
            answers[name] = Answer(cell.source, not same_code(cell.source, task.stub), len(steps), {}, notes)
    for task in tasks:
        if files := _files(cells, task.id):
            source = "\n".join(files.values())
            answers[task.id] = Answer(source, source.strip() != task.stub.strip(), len(steps), files)
    return steps, answers


def _given_at(cells: list[Cell], task: Task, answer: int) -> set[int]:
    """Return the index of the given cell above the answer, else of the first cell after other exercises, and the answer's."""
    headers = [header(cell.source) for cell in cells[:answer]]
    if ("given", task.id) in headers:
        return {headers.index(("given", task.id))}
    return {max((i + 1 for i, (kind, name) in enumerate(headers) if kind and name != task.id), default=0), answer}


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
        if match and match[1] == exercise and FILE_NAME.fullmatch(match[2]):
            files[match[2]] = cell.source[match.end() :]
    return files


def _below(cells: list[Cell], index: int) -> list[str]:
    """Return a remark for each name that the answer uses and only a later cell defines."""
    used = _used(cells[index].source)
    above = set().union(*(_defined(cell.source) for cell in cells[: index + 1]))
    notes = []
    for cell in cells[index + 1 :]:
        if header(cell.source)[0] == "given":
            continue
        for name in sorted(used & _defined(cell.source) - above):
            notes.append(f"`{name}` is defined in {cell.name}, below the answer in {cells[index].name}: move it above.")
            above.add(name)
    return notes


def _used(source: str) -> set[str]:
    """Return the names that a cell takes from elsewhere: not local to a function, not built in."""
    try:
        tables = [symtable.symtable(plain(source), "<cell>", "exec")]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    names: set[str] = set()
    while tables:
        table = tables.pop()
        outermost = table.get_type() == "module"
        names |= {s.get_name() for s in table.get_symbols() if s.is_referenced() and (outermost or s.is_global())}
        tables += table.get_children()
    return names - set(dir(builtins))


@functools.lru_cache(maxsize=512)
def _defined(source: str) -> frozenset[str]:
    """Return the names that a cell defines at its top level."""
    try:
        body = ast.parse(plain(source)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    names: set[str] = set()
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        else:
            names |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return frozenset(names)
