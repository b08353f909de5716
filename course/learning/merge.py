"""Bring a learner's exercise notebook up to date, cell by cell, without touching an answer."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from course.errors import CourseError
from course.judging.program import FILE_HEADER, header

Cell = dict[str, Any]
Notebook = dict[str, Any]


@dataclass
class Merged:
    """A merged notebook.

    `notes` are sentences for the learner; `lost` says that text the learner wrote into a generated cell gave way.
    """

    notebook: Notebook
    notes: list[str] = field(default_factory=list)
    lost: bool = False


def parse(text: bytes, name: str) -> Notebook:
    """Read a notebook as plain data; raise CourseError, with the place, for one that is none."""
    try:
        notebook: Any = json.loads(text.decode("utf-8"))
    except UnicodeDecodeError:
        raise CourseError(f"{name} is not a readable notebook: it is not UTF-8 text.") from None
    except (json.JSONDecodeError, RecursionError) as error:
        where = f" ({error})" if isinstance(error, json.JSONDecodeError) else ""
        raise CourseError(f"{name} is not a readable notebook: its JSON is broken{where}.") from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) and _readable(cell) for cell in cells):
        raise CourseError(f"{name} is not a readable notebook: it has no list of cells with a type and a source.")
    return dict(notebook)


def dump(notebook: Notebook) -> bytes:
    """Return a notebook as its file's bytes, in Jupyter's own layout."""
    return (json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8", "surrogatepass")


def source(cell: Cell) -> str:
    """Return a cell's text; the file may hold it as lines."""
    text = cell.get("source", "")
    return text if isinstance(text, str) else "".join(text)


def sources(notebook: Notebook) -> list[tuple[str, str]]:
    """Return what a person wrote: type and text of every cell, outputs apart."""
    return [(cell["cell_type"], source(cell)) for cell in notebook["cells"]]


def exercise_of(cell: Cell) -> str | None:
    """Return the id in the first line of an answer cell, None for any other cell."""
    if cell["cell_type"] != "code":
        return None
    file, (kind, exercise_id) = FILE_HEADER.match(source(cell)), header(source(cell))
    return file[1] if file else exercise_id if kind == "exercise" else None


def merge(base: Notebook | None, mine: Notebook, theirs: Notebook) -> Merged:
    """Merge by cell id what changed from `base` to `theirs` into `mine`.

    Cells that did not change upstream stay as the learner has them, also those the learner deleted. Changed ones are
    taken over, new ones put after the cell they follow upstream. An answer that is more than its stub stays, always,
    and so does every cell that the learner added.
    """
    old = _by_id(base["cells"] if base else [])
    new = _by_id(theirs["cells"])
    merged = Merged({**mine, "cells": []})
    place: dict[str, Cell] = {}
    for key, cell in zip(_identify(mine["cells"], old, new), mine["cells"], strict=True):
        kept = cell if key is None else _choose(merged, old.get(key), cell, new.get(key))
        if kept is not None:
            merged.notebook["cells"].append(kept)
            if key is not None:
                place[key] = kept
    _insert(merged.notebook["cells"], place, old, new)
    return merged


def _choose(merged: Merged, old: Cell | None, mine: Cell, new: Cell | None) -> Cell | None:
    """Return which version of one cell goes on, None where upstream removed an unchanged one."""
    touched = old is None or source(old) != source(mine)
    if new is None:
        return mine if touched else None
    if old is not None and source(old) == source(new):
        return mine
    if source(mine) == source(new):
        return mine
    answered = exercise_of(new)
    if answered and touched:
        merged.notes.append(f"The stub of {answered} changed; your answer stays (`course reset {answered}`: new stub).")
        return mine
    merged.lost = merged.lost or touched
    return new


def _insert(cells: list[Cell], place: dict[str, Cell], old: dict[str, Cell], new: dict[str, Cell]) -> None:
    """Put each cell that is new upstream after the one it follows there."""
    before: Cell | None = None
    for key, cell in new.items():
        if key not in place:
            if key in old and source(old[key]) == source(cell):
                continue  # the learner deleted it
            index = next((i for i, each in enumerate(cells) if each is before), -1)
            cells.insert(index + 1, cell)
            place[key] = cell
        before = place[key]


def _identify(mine: list[Cell], old: dict[str, Cell], new: dict[str, Cell]) -> list[str | None]:
    """Return for each of the learner's cells the id of the course's cell that it is, None for an added one.

    Editors that drop ids are met by comparing texts, and answer cells by the exercise they name.
    """
    known = {**old, **new}
    free = dict.fromkeys(known)
    keys: list[str | None] = []
    for cell in mine:
        key = str(cell.get("id"))
        keys.append(key if key in free else None)
        free.pop(key, None)
    for index, cell in enumerate(mine):
        if keys[index] is None:
            same = (key for key in free if any(_same(cell, side[key]) for side in (old, new) if key in side))
            named = (key for key in free if exercise_of(cell) and exercise_of(known[key]) == exercise_of(cell))
            keys[index] = next(same, None) or next(named, None)
            free.pop(keys[index] or "", None)
    return keys


def _same(one: Cell, other: Cell) -> bool:
    return one["cell_type"] == other["cell_type"] and source(one) == source(other)


def _by_id(cells: list[Cell]) -> dict[str, Cell]:
    return {cell["id"]: cell for cell in cells if "id" in cell}


def _readable(cell: Cell) -> bool:
    text = cell.get("source", "")
    lines = isinstance(text, list) and all(isinstance(line, str) for line in text)
    return isinstance(cell.get("cell_type"), str) and (isinstance(text, str) or lines)
