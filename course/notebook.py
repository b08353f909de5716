"""Notebook files as plain data: read with a clear error, written the same way every time."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from course.errors import CourseError

Notebook = dict[str, Any]
NotebookCell = dict[str, Any]


MAX_BYTES = 25 << 20  # pictures in outputs make honest notebooks large
MAX_SOURCE = 1 << 20  # characters of all cells together
MAX_CELLS = 2_000
MAX_OPENINGS = 1_000_000  # brackets: eight million cost 10 s and half a gigabyte to parse


def read(path: Path) -> Notebook:
    """Return a notebook with every source as one string; raise CourseError for a file that is none."""
    try:
        return parse(path.read_bytes(), path.name)
    except OSError as error:
        raise CourseError(f"{path.name} cannot be read ({error.strerror}).") from None


def parse(raw: bytes, name: str) -> Notebook:
    """Return a notebook, also an untrusted one, with every source as one string; raise CourseError with the reason."""

    def refuse(why: str) -> CourseError:
        return CourseError(f"{name} is no readable notebook: {why}. Save it again in Jupyter, or restore a copy.")

    if len(raw) > MAX_BYTES:
        raise refuse(f"it is larger than {MAX_BYTES >> 20} MiB")
    if raw.count(b"[") + raw.count(b"{") > MAX_OPENINGS:
        raise refuse("it has more than a million lists and objects")
    try:
        nb = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise refuse(f"it is not UTF-8 text (byte {error.start})") from None
    except (ValueError, RecursionError) as error:
        place = f"line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else "too deep"
        raise refuse(f"its JSON is broken ({place})" if raw.strip() else "it is empty") from None
    if not isinstance(nb, dict) or not isinstance(nb.get("cells"), list):
        raise refuse("it has no list of cells")
    if nb.get("nbformat") != 4:
        raise refuse(f"its format is {str(nb.get('nbformat'))[:20]!r} and has to be 4")
    if len(nb["cells"]) > MAX_CELLS:
        raise refuse(f"it has more than {MAX_CELLS} cells")
    nb["cells"] = [_cell(cell, number, refuse) for number, cell in enumerate(nb["cells"], 1)]
    if sum(len(cell["source"]) for cell in nb["cells"]) > MAX_SOURCE:
        raise refuse("its cells hold more than a million characters")
    return nb


def _cell(cell: Any, number: int, refuse: Callable[[str], CourseError]) -> NotebookCell:
    """Return a cell with its source as one string; a cell without an id gets one from its place."""
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
        raise refuse(f"cell {number} is of no known type")
    source = cell.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise refuse(f"the source of cell {number} is no text")
    try:
        source.encode("utf-8")
    except UnicodeEncodeError:
        raise refuse(f"the source of cell {number} has broken characters (lone surrogates)") from None
    metadata = cell.get("metadata")
    cell_id = cell.get("id")
    return {
        **cell,
        "id": cell_id if isinstance(cell_id, str) else f"cell-{number}",
        "metadata": metadata if isinstance(metadata, dict) else {},
        "source": source,
    }


def text(nb: Notebook) -> str:
    """Return the file of a notebook: one space of indentation, sorted keys, sources as lists of lines."""
    cells = [{**cell, "source": cell["source"].splitlines(keepends=True)} for cell in nb["cells"]]
    return json.dumps({**nb, "cells": cells}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def blank(cells: list[NotebookCell]) -> Notebook:
    """Return a notebook of our kernel with the given cells."""
    return {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def markdown(cell_id: str, source: str) -> NotebookCell:
    """Return a markdown cell."""
    return {"cell_type": "markdown", "id": cell_id, "metadata": {}, "source": source}


def code(cell_id: str, source: str, *tags: str) -> NotebookCell:
    """Return a code cell that has not run."""
    metadata = {"tags": list(tags)} if tags else {}
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": cell_id,
        "metadata": metadata,
        "outputs": [],
        "source": source,
    }


def stripped(nb: Notebook) -> Notebook:
    """Return a notebook without anything that a run or an editor left in it."""
    cells = []
    for cell in nb["cells"]:
        metadata = {key: value for key, value in cell["metadata"].items() if key in ("tags", "mystnb")}
        left: NotebookCell = {"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {}
        cells.append({**cell, "metadata": metadata, **left})
    return blank(cells)


def tags(cell: NotebookCell) -> list[str]:
    """Return a cell's tags."""
    return list(cell["metadata"].get("tags", []))
