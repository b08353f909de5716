"""Notebook files as plain data: read with a clear error, written the same way every time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from course.errors import CourseError

Notebook = dict[str, Any]
NotebookCell = dict[str, Any]


def read(path: Path) -> Notebook:
    """Return a notebook of ours with every source as one string; raise CourseError for a file that is none."""
    try:
        nb = json.loads(path.read_text("utf-8"))
        for cell in nb["cells"]:
            cell["source"] = "".join(cell["source"])
    except OSError as error:
        raise CourseError(f"{path.name} cannot be read ({error.strerror}).") from None
    except (ValueError, KeyError, TypeError) as error:
        raise CourseError(f"{path.name} is no notebook ({error}). Restore it from version control.") from None
    return dict(nb)


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


def tags(cell: NotebookCell) -> list[str]:
    """Return a cell's tags."""
    return list(cell["metadata"].get("tags", []))
