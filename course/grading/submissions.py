"""Find and read what was handed in, whatever it is called: nothing is run, no link is followed, every limit is explicit."""

from __future__ import annotations

import io
import os
import posixpath
import re
import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from course import notebook
from course.errors import CourseError
from course.judging.client import Judge
from course.judging.program import Cell, Task, header
from course.judging.result import ExerciseResult

MAX_FILES = 5_000
MAX_DEPTH = 6
MAX_UNZIPPED = 256 << 20
CANVAS = re.compile(r"(?P<student>[^\W_]+(?:-[^\W_]+)*)_(?:LATE_)?\d+_\d+_")
MOODLE = re.compile(r"(?P<student>.+?)_\d+_assignsubmission_")
RESERVED = {"con", "prn", "aux", "nul", *(f"com{i}" for i in range(1, 10)), *(f"lpt{i}" for i in range(1, 10))}


@dataclass(frozen=True)
class Found:
    """One file that was handed in: whose it is, where it was, its bytes, or why it cannot be read.

    `at`: the file's time, UTC; within an archive without a zone, as archives keep it.
    """

    student: str
    source: str
    raw: bytes = b""
    refused: str = ""
    at: datetime | None = None


def discover(path: Path, stems: list[str]) -> Iterator[Found]:
    """Yield what was handed in below a notebook, a folder or a zip; `stems` are the topics' file names.

    One folder around everybody's folders is looked through. Students are told by folder, by `name_topic.ipynb`, or by
    the names that Canvas and Moodle give. A name of a folder is given back as it is; two students are never taken for
    one.
    """
    if not path.exists():
        raise CourseError(f"{path} does not exist. Give a notebook, a folder of submissions, or a zip.")
    if path.is_file() and path.suffix.lower() != ".zip":
        yield _read(path, student(path.name, stems), path.name)
        return
    try:
        files = list(_zip(path.read_bytes(), path.name) if path.is_file() else _walk(path, path, 0))
    except OSError as error:
        yield Found(path.stem, path.name, refused=f"{path.name} cannot be read: {error.strerror}.")
        return
    split = [found.source.split("/") for found in files]
    wrapped = all(len(parts) > 2 and parts[0] == split[0][0] for parts in split)  # submissions/ada/answer.ipynb
    wrapped = wrapped and len({parts[1] for parts in split}) > 1
    for found, parts in zip(files, split, strict=True):
        parts = parts[1:] if wrapped else parts
        moodle = MOODLE.match(parts[0])
        name = moodle["student"] if moodle else parts[0] if len(parts) > 1 else student(parts[0], stems)
        if found.source.lower().endswith(".zip") and not found.refused:
            name = Path(name).stem if len(parts) == 1 and name == parts[0] else name
            inside = _zip(found.raw, found.source)  # its members' times are the student's word, the archive's is not
            held = [Found(name, f"{found.source}/{i.source}", i.raw, i.refused, found.at) for i in inside]
            yield from held or [Found(name, found.source, refused=f"{found.source} holds no notebook.")]
        else:
            yield replace(found, student=name)


def student(name: str, stems: list[str]) -> str:
    """Return whose a file is by its name alone."""
    if lms := CANVAS.match(name) or MOODLE.match(name):
        return lms["student"]
    plain = name.rpartition(".")[0] or name
    for stem in stems:
        words = "[-_ ]".join(re.escape(word) for word in stem[3:].split("-"))
        plain = re.sub(rf"[-_ .]*(?:\d\d[-_ ])?{words}", "", plain, count=1, flags=re.I)
    return plain.strip("-_ .") or name


def _walk(top: Path, folder: Path, depth: int) -> Iterator[Found]:
    """Yield the notebooks and zips below a folder; what is no plain file is refused, not read."""
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except OSError as error:
        where = _shown(folder.relative_to(top).as_posix())
        yield Found("", where, refused=f"The folder {where} cannot be read: {error.strerror}.")
        return
    for entry in entries:
        where = _shown(Path(entry.path).relative_to(top).as_posix())
        if entry.name.startswith((".", "__MACOSX")):
            continue
        if entry.is_dir(follow_symlinks=False) and depth == MAX_DEPTH:
            yield Found("", where, refused=f"{where} lies more than {MAX_DEPTH} folders deep.")
        elif entry.is_dir(follow_symlinks=False):
            inside = list(_walk(top, Path(entry.path), depth + 1))
            missing = Found("", f"{where}/", refused=f"The folder {where} holds no notebook and no zip.")
            yield from inside or ([] if depth else [missing])
        elif entry.is_symlink() and entry.is_dir():
            yield Found("", where, refused=f"{where} is a link to a folder; hand in the files themselves.")
        elif entry.name.lower().endswith((".ipynb", ".zip")):
            yield _read(Path(entry.path), "", where)


def _shown(name: str) -> str:
    """Return a file's name as text, also where its bytes are none."""
    return name.encode("utf-8", "replace").decode()


def _read(path: Path, name: str, where: str) -> Found:
    """Read one plain file without following links or waiting on a pipe; not more of it than could be judged."""
    shown, most = _shown(where), MAX_UNZIPPED if path.suffix.lower() == ".zip" else notebook.MAX_BYTES
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(fd, "rb") as file:
            status = os.fstat(fd)
            if not stat.S_ISREG(status.st_mode):
                return Found(name, shown, refused=f"{shown} is a special file, not a notebook.")
            if status.st_nlink > 1:
                return Found(name, shown, refused=f"{shown} is a hard link to another file; hand in a copy.")
            return Found(name, shown, file.read(most + 1), at=datetime.fromtimestamp(status.st_mtime, UTC))
    except OSError as error:
        why = "it is a link; hand in the file itself" if path.is_symlink() else str(error.strerror)
        return Found(name, shown, refused=f"{shown} cannot be read: {why}.")


def _zip(raw: bytes, name: str) -> Iterator[Found]:
    """Yield the notebooks of an archive; bytes are counted while unpacking, so headers that lie do not matter."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        yield Found(Path(name).stem, name, refused=f"{name} is no readable zip archive.")
        return
    total = 0
    if len(archive.infolist()) > MAX_FILES:
        yield Found(Path(name).stem, name, refused=f"{name} holds more than {MAX_FILES} files.")
        return
    for info in archive.infolist():
        inner = info.filename
        if info.is_dir() or not inner.lower().endswith((".ipynb", ".zip")) or "__MACOSX" in inner:
            continue
        kind = (info.external_attr >> 16) & 0o170000
        if why := bad_name(inner) or ("it is encrypted" if info.flag_bits & 1 else ""):
            yield Found(Path(name).stem, name, refused=f"A file in {name} is refused: {why}.")
            continue
        if kind not in (0, stat.S_IFREG):
            yield Found(Path(name).stem, name, refused=f"{inner} in {name} is a link or a special file.")
            continue
        try:
            with archive.open(info) as file:
                data = file.read(MAX_UNZIPPED - total + 1)
        except Exception as error:  # zipfile raises many kinds for broken members
            yield Found(Path(name).stem, inner, refused=f"{inner} cannot be unpacked ({type(error).__name__}).")
            continue
        total += len(data)
        if total > MAX_UNZIPPED:
            yield Found(Path(name).stem, name, refused=f"{name} unpacks to more than {MAX_UNZIPPED >> 20} MiB.")
            return
        yield Found("", inner, data, at=_time(info))


def _time(info: zipfile.ZipInfo) -> datetime | None:
    """Return when a member of an archive was made; None where the archive does not say."""
    try:
        return datetime(*info.date_time) if info.date_time > (1980, 1, 2) else None
    except ValueError:
        return None


def bad_name(name: str) -> str:
    """Return why a path in an archive is refused, or nothing for a plain relative one."""
    if not name or len(name) > 300:
        return "its name is missing or too long"
    if (
        any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for c in name)
        or "\\" in name
        or ":" in name
    ):
        return f"the name {name!a} has control, invisible or path characters"
    if name.startswith(("/", "~")) or posixpath.normpath(name) != name:
        return f"the name {name!a} is no plain relative path"
    if any(part in ("", ".", "..") or part.split(".")[0].lower() in RESERVED for part in name.split("/")):
        return f"the name {name!a} is no plain relative path"
    return ""


def cells(raw: bytes, name: str) -> list[Cell]:
    """Return the code cells of a notebook in document order; raise CourseError for one that is none."""
    nb = notebook.parse(raw, name)
    return [Cell(c["source"], f"cell {n}") for n, c in enumerate(nb["cells"], 1) if c["cell_type"] == "code"]


def judged_alone(judge: Judge, answer: Path, tests: Path) -> ExerciseResult:
    """Judge one file, a notebook or Python, or a folder with an answer.py, against a folder of checks."""
    if not tests.is_dir():
        raise CourseError(f"{tests} is no folder of checks.")
    file = answer / "answer.py" if answer.is_dir() else answer
    if not file.is_file():
        raise CourseError(f"{file} does not exist; give a file with the answer, or a folder that holds answer.py.")
    if file.suffix == ".ipynb":
        program = cells(file.read_bytes(), file.name)
        ids = [header(c.source)[1] for c in program if header(c.source)[0] == "exercise"]
        if len(set(ids)) != 1:
            raise CourseError(
                f"{file.name} holds answers to {len(set(ids))} exercises; this judges one. Use `course grade`."
            )
        return judge.judge(program, [Task(ids[0], tests)])[0]
    text = file.read_bytes().decode("utf-8", "replace")
    name = header(text)[1] or "answer"
    source = text if header(text)[0] == "exercise" else f"# exercise: {name}\n{text}"
    return judge.judge([Cell(source, file.name)], [Task(name, tests)])[0]
