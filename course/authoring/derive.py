"""Derive what students get from the solutions: fails closed, and leaves nothing of the reference behind."""

from __future__ import annotations

import difflib
import re
import textwrap

from course.errors import CourseError
from course.judging.program import header
from course.notebook import Notebook, NotebookCell, tags

BEGIN_SOLUTION, END_SOLUTION = "### BEGIN SOLUTION", "### END SOLUTION"
BEGIN_STUB, END_STUB = "### BEGIN STUB", "### END STUB"
MARKERS = {BEGIN_SOLUTION: END_SOLUTION, BEGIN_STUB: END_STUB}
EVERY_MARKER = {*MARKERS, *MARKERS.values()}
RUN = 8  # tokens of removed text that may stand together nowhere else


def derive(nb: Notebook, name: str) -> Notebook:
    """Return the exercise notebook of a solutions notebook; raise CourseError for anything doubtful in it."""
    seen: set[str] = set()
    removed: list[str] = []
    cells = []
    for cell in nb["cells"]:
        kind, exercise = header(cell["source"]) if cell["cell_type"] == "code" else ("", "")
        if kind == "exercise":
            if exercise in seen:
                raise CourseError(f"{name}: two cells are the answer to {exercise}; an id has one answer cell.")
            seen.add(exercise)
            shown, hidden = split(cell["source"], f"{name}, cell {cell['id']}")
            if not any(part.strip() for part in hidden):
                raise CourseError(
                    f"{name}, cell {cell['id']}: the answer hides nothing; put {BEGIN_SOLUTION} around it."
                )
            removed += hidden
            cell = {**cell, "source": shown}
        else:
            refuse_markers(cell, f"{name}, cell {cell['id']}")
        if "answer" in tags(cell) and kind != "exercise":
            raise CourseError(
                f"{name}, cell {cell['id']}: it is tagged `answer`; its first line must be `# exercise: ID`."
            )
        cells.append(cell)
    refuse_leaks(cells, removed, name)
    return {**nb, "cells": cells}


def split(source: str, where: str) -> tuple[str, list[str]]:
    """Return an answer cell as the student sees it, and the texts that were taken out."""
    shown: list[str] = []
    removed: list[str] = []
    inside, stub = "", False
    for number, line in enumerate(source.splitlines(), 1):
        mark, at = line.strip(), f"{where}, line {number}"
        if mark in MARKERS:
            if inside:
                raise CourseError(f"{at}: {mark} inside {inside}; regions are not nested.")
            if stub and mark == BEGIN_STUB:
                raise CourseError(f"{at}: a second {mark} before a solution; give one stub, right before its solution.")
            inside, indent = mark, line[: len(line) - len(line.lstrip())]
            if mark == BEGIN_SOLUTION:
                removed.append("")
                if not stub:
                    shown.append(indent + placeholder(indent, shown))
                stub = False
        elif mark in MARKERS.values():
            if MARKERS.get(inside) != mark:
                raise CourseError(f"{at}: {mark} closes nothing; every region has its BEGIN before its END.")
            stub, inside = inside == BEGIN_STUB, ""
        elif resembles_marker(line):
            raise CourseError(f"{at}: {mark!r} looks like a marker and is none; write one of {sorted(EVERY_MARKER)}.")
        elif inside == BEGIN_STUB:
            shown.append(_uncomment(line, at))
        elif inside == BEGIN_SOLUTION:
            removed[-1] += line + "\n"
        else:
            if stub and mark:
                raise CourseError(f"{at}: after {END_STUB} comes {BEGIN_SOLUTION}, found {mark!r}.")
            shown.append(line)
    if inside or stub:
        raise CourseError(
            f"{where}: {inside or BEGIN_STUB} is never {'closed' if inside else 'followed by a solution'}."
        )
    return "\n".join(shown), removed


def placeholder(indent: str, above: list[str]) -> str:
    """Return what stands in the place of a solution; a cell with an empty class or an empty top level still runs."""
    outer = next((line for line in reversed(above) if line.strip() and not line.startswith(indent or "\0")), "")
    if not indent:
        return "..."
    return "...  # your methods" if outer.lstrip().startswith("class ") else "raise NotImplementedError"


def _uncomment(line: str, at: str) -> str:
    match = re.fullmatch(r"(\s*)# ?(.*)", line)
    if not match and line.strip():
        raise CourseError(f"{at}: every line of a stub is commented out with `# `, found {line.strip()!r}.")
    return f"{match[1]}{match[2]}" if match else ""


def resembles_marker(line: str) -> bool:
    """Say whether a line could be a marker that was mistyped (or another tool's), and is none of ours."""
    comment = line.strip()
    if comment in EVERY_MARKER:
        return False
    if re.search(r"#.*\b(?:begin|end)\W+(?:solution|stub)\b", comment, re.I):
        return True  # behind code, or with words behind it: the region would stay
    if not comment.startswith("#"):
        return False
    words = re.sub(r"[^a-z ]", " ", comment.lower()).split()
    if comment.startswith("###") or (len(words) <= 4 and {"begin", "end"} & set(words)):
        return True
    letters = " ".join(words)
    plain = [marker.strip("# ").lower() for marker in EVERY_MARKER]
    return len(words) <= 4 and bool(difflib.get_close_matches(letters, plain, 1, 0.75))


def refuse_markers(cell: NotebookCell, where: str) -> None:
    """Refuse markers, and what resembles them, outside answer cells."""
    for number, line in enumerate(cell["source"].splitlines(), 1):
        if line.strip() in EVERY_MARKER or (cell["cell_type"] == "code" and resembles_marker(line)):
            raise CourseError(
                f"{where}, line {number}: {line.strip()!r} outside an answer cell; "
                "an answer cell's first line is `# exercise: ID`."
            )


def tokens(source: str) -> list[str]:
    """Return strings, words and signs, comments and layout alike."""
    return re.findall(r"\"[^\"\n]*\"|\w+|[^\w\s]", source.replace("'", '"'))


def runs(source: str) -> set[tuple[str, ...]]:
    """Return every run of RUN tokens.

    An apostrophe looks like an opening quote and would swallow the code behind it, so the text counts without those
    too, and code in backticks by itself.
    """
    found: set[tuple[str, ...]] = set()
    for text in (source, re.sub(r"(?<=\w)'(?=\w|\s)", "", source), *re.findall(r"`+([^`]+)`+", source)):
        words = tokens(text)
        found.update(tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))
    return found


def refuse_leaks(cells: list[NotebookCell], removed: list[str], name: str) -> None:
    """Refuse a notebook in which a run of the removed text is left, unless stub, signature or given code holds it too."""
    kept = set().union(*(runs(c["source"]) for c in cells if {"answer", "given"} & set(tags(c))), set())
    secret = set().union(*(runs(textwrap.dedent(part)) for part in removed), set()) - kept
    for cell in cells:
        if leak := secret & runs(cell["source"]):
            raise CourseError(
                f"{name}, cell {cell['id']}: {' '.join(min(leak))!r} stands in the reference too; say it in other words."
            )
