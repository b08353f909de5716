"""What a learner has done, kept beside their copy of the course; holds no paths, so that the folder may move."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from course import index
from course.errors import CourseError
from course.judging.result import ExerciseResult

FILE = "progress.json"


@dataclass
class Done:
    """One exercise: how often it was tried and failed since it last passed, the best share of its points (0 to 1)."""

    tries: int = 0
    failures: int = 0
    best: float = 0.0
    solved: bool = False


def folder() -> Path:
    """Return where the state lies: work/.course, or what COURSE_STATE names."""
    return Path(os.environ.get("COURSE_STATE") or index.root() / "work" / ".course")


def load() -> dict[str, Done]:
    """Return what is done, by exercise id; a state file that cannot be read is put aside, not lost."""
    path = folder() / FILE
    try:
        return {key: Done(**value) for key, value in json.loads(path.read_text("utf-8"))["exercises"].items()}
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError):
        path.replace(path.with_suffix(".damaged.json"))
        return {}


def record(result: ExerciseResult) -> Done:
    """Note one check of an exercise and return its state. What was not attempted or not checked is no try."""
    if not result.attempted or not result.settled:
        return load().get(result.id, Done())
    with _locked():
        state = load()
        done = state.setdefault(result.id, Done())
        done.tries += 1
        done.failures = 0 if result.passed else done.failures + 1
        done.best = max(done.best, round(result.fraction, 4))
        done.solved = done.solved or result.passed
        path = folder() / FILE
        new = path.with_suffix(".tmp")
        data = {"version": 1, "exercises": {key: asdict(value) for key, value in sorted(state.items())}}
        new.write_text(json.dumps(data, indent=1), "utf-8")
        new.replace(path)
    return done


@contextmanager
def _locked() -> Iterator[None]:
    """Hold the state against other notebooks of the same learner."""
    try:
        folder().mkdir(parents=True, exist_ok=True)
        with (folder() / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise CourseError(
            f"Progress cannot be kept in {folder()}: {error.strerror}. Your answer is unharmed."
        ) from None
