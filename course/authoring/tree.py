"""A checkout as the rules see it: every file read once, every finding one line."""

from __future__ import annotations

import ast
import fnmatch
import functools
import os
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course.errors import CourseError
from course.index import Chapter, Course, Exercise, Topic
from course.notebook import Notebook, NotebookCell, parse

TEXT = {".cfg", ".css", ".html", ".ini", ".ipynb", ".js", ".json", ".md", ".mjs", ".py", ".svg", ".toml", ".txt"}
TEXT |= {".conf", ".sh", ".sql", ".yaml", ".yml", ".in", ""}
Check = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Finding:
    """What is wrong at one place. `topic` is chapter/stem where a topic can waive it."""

    path: str
    rule: str
    said: str
    topic: str = ""

    def __str__(self) -> str:
        return f"{self.path}: {self.rule}: {self.said}"


class Tree:
    """The files of a checkout that .gitignore does not leave out, by path below the root."""

    def __init__(self, root: Path, course: Course) -> None:
        self.root, self.course = root, course
        self.files = sorted(_walk(root, _ignored(root)))
        self._known = set(self.files)
        self.folders = {parent.as_posix() for name in self.files for parent in Path(name).parents}
        self._texts: dict[str, str | None] = {}
        self._notebooks: dict[str, Notebook | CourseError] = {}
        self._modules: dict[str, ast.Module | None] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._known

    def under(self, *folders: str, suffix: str = "") -> list[str]:
        """Return the files below folders, sorted."""
        files = self.files
        ranges = (files[bisect_left(files, f"{f}/") : bisect_left(files, f"{f}0")] for f in folders)  # "0" follows "/"
        return sorted(name for names in ranges for name in names if name.endswith(suffix))

    def text(self, name: str) -> str:
        """Return a text file; nothing for one that is missing or no text."""
        if name not in self._texts:
            try:
                wanted = name in self and Path(name).suffix in TEXT
                self._texts[name] = (self.root / name).read_text("utf-8") if wanted else None
            except UnicodeDecodeError:
                self._texts[name] = None
        return self._texts[name] or ""

    def notebook(self, name: str) -> Notebook:
        """Return a notebook; raise CourseError for one that cannot be read."""
        if name not in self._notebooks:
            try:
                self._notebooks[name] = parse(self.text(name).encode(), name)
            except CourseError as error:
                self._notebooks[name] = error
        found = self._notebooks[name]
        if isinstance(found, CourseError):
            raise found
        return found

    def cells(self, name: str) -> list[NotebookCell]:
        """Return a notebook's cells; none where it cannot be read, which a rule of its own reports."""
        try:
            return list(self.notebook(name)["cells"])
        except CourseError:
            return []

    def module(self, name: str) -> ast.Module | None:
        """Return a Python file as its syntax tree; None where it has none."""
        if name not in self._modules:
            try:
                self._modules[name] = ast.parse(self.text(name))
            except SyntaxError:
                self._modules[name] = None
        return self._modules[name]

    def checks(self, *files: str) -> list[tuple[str, Check]]:
        """Return (file, function) for every test function at the top level of the files."""
        return [
            (name, node)
            for name in files
            for node in getattr(self.module(name), "body", [])
            if isinstance(node, Check) and node.name.startswith("test_")
        ]

    def topics(self) -> Iterator[tuple[Chapter, Topic, str]]:
        """Yield chapter, topic and chapter/stem of every written topic."""
        for chapter, topic in self.course.topics():
            yield chapter, topic, f"{chapter.slug}/{topic.stem}"

    def exercises(self) -> Iterator[tuple[str, str, Exercise]]:
        """Yield (chapter/stem of the topic, folder of the checks, exercise) for every exercise."""
        for chapter, topic, exercise in self.course.exercises():
            yield f"{chapter.slug}/{topic.stem}", f"tests/exercises/{chapter.slug}/{exercise.slug}", exercise


def check_files(tree: Tree, folder: str) -> list[str]:
    """Return the files of an exercise's folder that hold checks."""
    return tree.under(f"{folder}/public", f"{folder}/withheld", suffix=".py")


def _ignored(root: Path) -> list[str]:
    file = root / ".gitignore"
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    return [".git", *(line.strip() for line in lines if line.strip() and not line.startswith("#"))]


def _walk(root: Path, ignored: list[str]) -> Iterator[str]:
    for place, folders, files in os.walk(root):
        here = Path(place).relative_to(root)
        folders[:] = [name for name in folders if not _leaves_out((here / name).as_posix(), ignored)]
        yield from (path for name in files if not _leaves_out(path := (here / name).as_posix(), ignored))


def _leaves_out(path: str, ignored: list[str]) -> bool:
    """Say whether a pattern of .gitignore covers the path: our file has names, with or without a slash at either end."""
    name = path.rpartition("/")[2]
    return any(
        path == pattern.strip("/") if pattern.startswith("/") else _matches(name, pattern.rstrip("/"))
        for pattern in ignored
    )


@functools.cache
def _matches(name: str, pattern: str) -> bool:
    return fnmatch.fnmatchcase(name, pattern)
