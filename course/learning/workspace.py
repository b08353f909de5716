"""Keep work/, the learner's own copy of the course: add what is new, never lose what the learner wrote.

What was copied last lies in work/.course/base, so that a change of the course and a change of the learner can be told
apart. Only what changed in the course since then is ever touched:

* exercise notebooks are merged cell by cell (merge.py): answers and added cells stay;
* any other file follows the course while the learner has not edited it (running a notebook is no edit);
  one that was edited stays, and the new version is put beside it as NAME.new.ipynb;
* a file the learner deleted comes back;
* before text of the learner's gives way, a copy of it is put into work/kept.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from course import index
from course.errors import CourseError
from course.learning.merge import Notebook, dump, exercise_of, merge, parse, source, sources

TREES = ("notebooks", "exercises", "labs")
BASE = ".course/base"
KEPT = "kept"


@dataclass
class Report:
    """What a synchronisation did. `added` and `updated` are paths in work/, `notes` sentences for the learner."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def sync(root: Path | None = None) -> Report:
    """Bring work/ up to date with the course; raise CourseError when work/ cannot be written."""
    root = root or index.root()
    work, report = root / "work", Report()
    try:
        (work / BASE).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CourseError(
            f"work/ cannot be written ({error.strerror}). Make it a folder that is yours: sudo chown -R $USER work"
        ) from None
    for name in _files(root):
        try:
            _sync_file(root / name, work, name, report)
        except OSError as error:
            report.notes.append(f"work/{name} was left as it is: {error.strerror}. Nothing in it was changed.")
    return report


def reset(exercise_id: str, root: Path | None = None) -> Path | None:
    """Put the stub of an exercise back into the learner's notebook.

    Return the file that keeps the old answer, None when there was none. Cells that hold copies of the answer go too,
    and cells of the exercise that had been deleted come back. Raise CourseError for an unknown id or a notebook that
    cannot be read; nothing is changed then.
    """
    root = root or index.root()
    chapter, topic, _ = index.load(root / "course.yml").find(exercise_id)
    name = f"exercises/{chapter.slug}/{topic.stem}.ipynb"
    upstream, target = root / name, root / "work" / name
    if not upstream.is_file():
        raise CourseError(f"{name} does not exist yet. Derive it with: course derive")
    fresh = parse(upstream.read_bytes(), name)
    if not target.exists():
        write(target, upstream.read_bytes())
        return None
    mine = parse(target.read_bytes(), f"work/{name}")
    stubs = [source(cell) for cell in fresh["cells"] if exercise_of(cell) == exercise_id]
    answers = [source(cell) for cell in mine["cells"] if exercise_of(cell) == exercise_id]
    written = [text for text in answers if text not in stubs]
    copy = None
    if written:
        copy = _free(root / "work" / KEPT / f"{exercise_id}-{time.strftime('%Y%m%d-%H%M%S')}.py")
        write(copy, "\n\n\n".join(text.rstrip() for text in written).encode("utf-8", "surrogatepass") + b"\n")
    write(target, dump(_with_stubs(mine, fresh, exercise_id)))
    return copy


def write(path: Path, content: bytes) -> None:
    """Write a file so that a crash leaves the old one or the new one, never half of either."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".course-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(path.stat().st_mode if path.exists() else 0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _files(root: Path) -> Iterator[str]:
    """Yield what the learner gets, as paths relative to the root; hidden files and caches are no part of it."""
    for tree in TREES:
        for path in sorted((root / tree).rglob("*")):
            name = path.relative_to(root)
            hidden = any(part.startswith(".") or part == "__pycache__" for part in name.parts)
            if path.is_file() and not hidden:
                yield name.as_posix()


def _sync_file(upstream: Path, work: Path, name: str, report: Report) -> None:
    """Bring one file up to date."""
    target, record = work / name, work / BASE / name
    theirs = upstream.read_bytes()
    base = record.read_bytes() if record.is_file() else None
    if not target.exists():
        write(target, theirs)
        target.chmod(upstream.stat().st_mode)
        report.added.append(name)
    elif base != theirs:
        mine = target.read_bytes()
        if mine != theirs:
            _update(target, (base, mine, theirs), work, name, report)
    if base != theirs:
        write(record, theirs)


def _update(target: Path, versions: tuple[bytes | None, bytes, bytes], work: Path, name: str, report: Report) -> None:
    """Take over what changed in the course, by the rules at the top of this file."""
    base, mine, theirs = versions
    notebook = name.endswith(".ipynb")
    try:
        if notebook and name.startswith("exercises/"):
            old = parse(base, name) if base is not None else None
            merged = merge(old, parse(mine, f"work/{name}"), parse(theirs, name))
            report.notes += merged.notes
            if merged.lost:
                copy = _keep(work, name, mine)
                report.notes.append(f"You had written into cells of work/{name} that changed; the old file: {copy}")
            write(target, dump(merged.notebook))
            report.updated.append(name)
            return
        same = base is not None and (
            sources(parse(mine, f"work/{name}")) == sources(parse(base, name)) if notebook else mine == base
        )
    except CourseError as error:
        same = False
        report.notes.append(f"{error} It was left as it is.")
    if same:
        write(target, theirs)
        report.updated.append(name)
    else:
        beside = _put_beside(target, theirs, work)
        report.notes.append(f"work/{name} is yours and stays; the course's new version is beside it: {beside.name}")


def _put_beside(target: Path, theirs: bytes, work: Path) -> Path:
    """Write the course's version beside an edited file, as NAME.new.SUFFIX; an edited one of that name is kept too."""
    beside = target.with_name(f"{target.stem}.new{target.suffix}")
    name = beside.relative_to(work).as_posix()
    record = work / BASE / name
    if beside.exists() and (not record.is_file() or beside.read_bytes() not in (record.read_bytes(), theirs)):
        _keep(work, name, beside.read_bytes())
    write(beside, theirs)
    write(record, theirs)
    return beside


def _keep(work: Path, name: str, content: bytes) -> str:
    """Put a copy of a file into work/kept; return its path for the learner."""
    path = Path(name)
    copy = _free(work / KEPT / f"{path.stem}-{time.strftime('%Y%m%d-%H%M%S')}{path.suffix}")
    write(copy, content)
    return f"work/{copy.relative_to(work).as_posix()}"


def _free(path: Path) -> Path:
    """Return `path`, or the first of path-2, path-3, … that does not exist."""
    names = (path if n == 1 else path.with_name(f"{path.stem}-{n}{path.suffix}") for n in range(1, 10_000))
    return next(name for name in names if not name.exists())


def _with_stubs(mine: Notebook, fresh: Notebook, exercise_id: str) -> Notebook:
    """Return the learner's notebook with the fresh cells of one exercise in the place of its answers."""
    slug = exercise_id.partition(".")[2]
    ours = {cell["id"]: cell for cell in fresh["cells"] if cell["id"].startswith(f"{slug}-")}
    stubs = {key: cell for key, cell in ours.items() if exercise_of(cell) == exercise_id}
    cells, seen = [], set()
    for cell in mine["cells"]:
        key = cell.get("id")
        if exercise_of(cell) == exercise_id:
            key = key if key in stubs else next((each for each in stubs if each not in seen), key)
            if key in seen or key not in stubs:
                continue
            cells.append(stubs[key])
        else:
            cells.append(cell)
        seen.add(key)
    base: Notebook = {"cells": [cell for cell in fresh["cells"] if cell["id"] not in ours or cell["id"] in seen]}
    return merge(base, {**mine, "cells": cells}, fresh).notebook
