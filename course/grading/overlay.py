"""An instructor's own checks, laid over the course's: this repository is public, theirs need not be.

An overlay mirrors tests/exercises/: `<chapter>/<exercise>/public/test_mine.py` adds a check, a file of the same name
replaces the course's, `given.py` brings other data. `points.yml` maps exercise ids to points.
"""

from __future__ import annotations

import atexit
import functools
import hashlib
import json
import re
import shutil
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated

from pydantic import Field, RootModel

from course import index, validated
from course.errors import CourseError
from course.index import ExerciseId
from course.judging.program import BESIDE, Task

ALLOWED = re.compile(rf"(?:public|withheld)/(?:test_\w+|conftest)\.py|{'|'.join(map(re.escape, BESIDE))}")
JUDGING = ("public/*.py", "withheld/*.py", *BESIDE)
Files = tuple[tuple[str, str], ...]


class Points(RootModel[dict[ExerciseId, Annotated[float, Field(gt=0, le=1000)]]]):
    """points.yml: exercise id to points."""


@dataclass(frozen=True)
class Overlay:
    """The texts of an overlay by path below it, such as 01-core-python/money/withheld/test_mine.py; small, and sent along."""

    files: Files = ()
    points: dict[str, float] = field(default_factory=dict, hash=False)

    @property
    def hash(self) -> str:
        """What tells one overlay from another; empty for none."""
        return hashlib.sha256(json.dumps(self.files).encode()).hexdigest()[:12] if self.files else ""


def read(folder: Path) -> Overlay:
    """Read an overlay; raise CourseError for a file that nothing would read, and for an exercise that there is not."""
    if not folder.is_dir():
        raise CourseError(f"The overlay {folder} is no folder; give one laid out like tests/exercises/.")
    known = [f"{chapter.slug}/{exercise.slug}" for chapter, _, exercise in index.load().exercises()]
    files, points = [], dict[str, float]()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or "__pycache__" in path.parts or path.name.startswith("."):
            continue
        place, inner = "/".join(name.split("/")[:2]), "/".join(name.split("/")[2:])
        if name == "points.yml":
            points = _points(path)
        elif place not in known:
            raise CourseError(f"{folder.name}/{name}: {index.unknown('exercise folder', place, known)}")
        elif not ALLOWED.fullmatch(inner):
            raise CourseError(
                f"{folder.name}/{name}: nothing reads it; use public/test_*.py, withheld/test_*.py, "
                f"{', '.join(BESIDE)}."
            )
        else:
            files.append((name, _text(path)))
    return Overlay(tuple(files), points)


def _points(path: Path) -> dict[str, float]:
    points = validated.parse(Points, _text(path), path.name).root
    known = [e.id for _, _, e in index.load().exercises()]
    for name in points:
        if name not in known:
            raise CourseError(f"{path.name}: {index.unknown('exercise', name, known)}")
    return points


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{path.name} of the overlay cannot be read ({error}).") from None


def of(task: Task, files: Files) -> Files:
    """Return what an overlay has for one exercise, by path below the exercise's folder."""
    start = f"{task.folder.parent.name}/{task.folder.name}/"
    return tuple((name.removeprefix(start), text) for name, text in files if name.startswith(start))


def laid(task: Task, files: Files) -> Task:
    """Return the exercise with an overlay on it, in a temporary folder of this process; as it is where nothing concerns it."""
    mine = of(task, files)
    return replace(task, folder=_merged(task.folder, mine)) if mine else task


@functools.cache
def _home() -> Path:
    home = tempfile.mkdtemp(prefix="course-overlay-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    return Path(home)


@functools.lru_cache(maxsize=256)
def _merged(folder: Path, mine: Files) -> Path:
    """Return a copy of what judges an exercise, with the overlay's files on top; named by its content."""
    made = Path(tempfile.mkdtemp(dir=_home())) / folder.parent.name / folder.name
    for pattern in JUDGING:
        for path in sorted(folder.glob(pattern)):
            there = made / path.relative_to(folder)
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, there)
    for name, text in mine:
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(text, "utf-8")
    return made
