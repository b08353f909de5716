"""Tell versions of checks and judge apart: what a result depends on, hashed, for everything or for one exercise."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable
from pathlib import Path

from course import index
from course.grading import overlay
from course.grading.overlay import Files
from course.judging import bank

JUDGING = "apart cells client judge limits places program relay result sandbox session standin wire worker".split()  # noqa: SIM905
SOURCES = ("checks.py", *(f"judging/{name}.py" for name in JUDGING))


def fingerprint(exercise: str = "", files: Files = ()) -> str:
    """Return a hash of everything but the submission that a result depends on: checks, stubs, judge.

    With an exercise's id, of what its own results depend on: a change to the checks of another one leaves it the same.
    `files`: the overlay that lies on the checks.
    """
    root = index.root()
    code = [root / "course" / name for name in SOURCES]
    if not exercise:
        checks = sorted((root / "tests" / "exercises").rglob("*.*")) + sorted((root / "exercises").rglob("*.ipynb"))
        return _hash(root, [*code, *checks], files)
    task = bank.task(root, exercise)
    checks = [path for pattern in overlay.JUDGING for path in sorted(task.folder.glob(pattern))]
    return _hash(root, [*code, *checks], (("stub", task.stub), *overlay.of(task, files)))


def _hash(root: Path, paths: Iterable[Path], texts: Files) -> str:
    digest = hashlib.sha256()
    for file in paths:
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(
                file.relative_to(root).as_posix().encode() + b"\0" + _bytes(file, file.stat().st_mtime_ns) + b"\0"
            )
    for name, text in texts:
        digest.update(name.encode() + b"\0" + text.encode() + b"\0")
    return digest.hexdigest()


@functools.lru_cache(maxsize=4_096)
def _bytes(file: Path, _changed: int) -> bytes:
    return hashlib.sha256(file.read_bytes()).digest()
