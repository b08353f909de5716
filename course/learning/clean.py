"""Show what the course took of the disk, and give back what it can make again."""

from __future__ import annotations

import shutil
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

from course import index

CACHES = (".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".benchmarks")
NESTED = ("__pycache__", ".ipynb_checkpoints", "node_modules", "enterprise_backend_course.egg-info")


@dataclass(frozen=True)
class Place:
    """Something on the disk. `kind` is `environment`, `book`, `cache` or `work`; `size` is in bytes."""

    path: Path
    kind: str
    size: int
    again: str


def places(root: Path | None = None) -> list[Place]:
    """Return what the course made on this disk, largest first; tracked files are no part of it."""
    root = root or index.root()
    found = [
        Place(root / ".venv", "environment", size(root / ".venv"), "make setup makes it again"),
        Place(root / "_build", "book", size(root / "_build"), "make start builds it again"),
        Place(root / "work", "work", size(root / "work"), "your answers: nothing makes them again"),
    ]
    caches = [root / name for name in CACHES] + _nested(root)
    found += [Place(path, "cache", size(path), "comes back by itself") for path in caches]
    return sorted((place for place in found if place.path.exists()), key=lambda place: -place.size)


def size(path: Path) -> int:
    """Return the bytes that a file or folder takes; a file with two names counts once, links are not followed."""
    seen: dict[tuple[int, int], int] = {}
    for each in [path, *(path.rglob("*") if path.is_dir() and not path.is_symlink() else [])]:
        try:
            found = each.lstat()
        except OSError:
            continue
        seen[found.st_dev, found.st_ino] = found.st_blocks * 512
    return sum(seen.values())


def clean(root: Path | None = None, *, work: bool = False) -> tuple[int, Path | None]:
    """Remove what can be made again; return the bytes given back, and the archive of work/ if it was asked for too.

    `work=True` removes work/ as well, after everything in it was put into a zip file beside it.
    """
    root = root or index.root()
    archive, given = None, 0
    for place in places(root):
        if place.kind == "work":
            if not work:
                continue
            archive = _archive(place.path)
        remove(place.path)
        given += place.size
    return given, archive


def remove(path: Path) -> None:
    """Remove a file, a folder or a link; of a link only the link."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    else:
        shutil.rmtree(path)


def readable(size: int) -> str:
    """Return a number of bytes for people: "1.2 GB"."""
    number = float(size)
    for unit in ("B", "KB", "MB"):
        if number < 1000:
            return f"{number:.0f} {unit}"
        number /= 1000
    return f"{number:.1f} GB"


def _archive(work: Path) -> Path:
    """Put all of work/ into work-DATE.zip beside it, and read it back before anything is removed."""
    target = work.with_name(f"work-{time.strftime('%Y%m%d-%H%M%S')}.zip")
    with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(work.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(work.parent))
    with zipfile.ZipFile(target) as archive:
        broken = archive.testzip()
    if broken:
        raise OSError(f"{target.name} cannot be read back ({broken}); work/ was left as it is")
    return target


def _nested(root: Path) -> list[Path]:
    """Return caches anywhere below the root, except inside .venv, _build, work and other caches."""
    found: list[Path] = []
    folders = [root]
    while folders:
        for path in sorted(folders.pop().iterdir()):
            if path.is_symlink() or not path.is_dir():
                continue
            if path.name in NESTED:
                found.append(path)
            elif not path.name.startswith(".") and not (path.parent == root and path.name in ("_build", "work")):
                folders.append(path)
    return found
