"""The roster of an assignment: who the students are, and what the LMS calls the files of each."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course.errors import CourseError

COLUMNS = ("id", "name", "email", "lms")
HEADER = ",".join(COLUMNS) + "\n"


@dataclass(frozen=True)
class Student:
    """One student. `id` is the university's or the LMS's; `lms`: names that files of this student go by."""

    id: str
    name: str = ""
    email: str = ""
    lms: tuple[str, ...] = ()

    @property
    def names(self) -> set[str]:
        """Everything that a file of this student may be called by, folded."""
        return {_fold(name) for name in (self.id, self.name, self.email, *self.lms) if name.strip()}


@dataclass(frozen=True)
class Roster:
    """All students of a class; an empty one, without a file, takes every name as a student of its own."""

    students: tuple[Student, ...] = ()
    file: str = ""

    def whose(self, name: str) -> Student | None:
        """Return the student whose file is called `name`; None where no line, or more than one, could be meant."""
        if not self.file:
            return Student(name)
        found = [student for student in self.students if _fold(name) in student.names]
        certain = [s for s in found if _fold(name) in {_fold(n) for n in (s.id, *s.lms)}]
        return found[0] if len(found) == 1 else certain[0] if len(certain) == 1 else None

    def find(self, student_id: str) -> Student | None:
        """Return the student with this id."""
        return next((student for student in self.students if student.id == student_id), None)


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()


def load(path: Path) -> Roster:
    """Read a roster: CSV with the columns id, name, email and lms (several LMS names with `|` between them).

    Raise CourseError with the line and what to write there.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CourseError(
            f"The roster {path} cannot be read ({error.strerror}); its first line is {HEADER!r}."
        ) from None
    except UnicodeDecodeError as error:
        raise CourseError(f"{path.name} is not UTF-8 text (byte {error.start}); save it as `CSV UTF-8`.") from None
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=";" if ";" in first and "," not in first else ",")
    rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if any(cell.strip() for cell in row)]
    head = [cell.casefold() for cell in rows[0][1]] if rows else []
    if "id" not in head or not set(head) <= set(COLUMNS):
        raise CourseError(f"{path.name}, line 1: the columns are {first.strip()[:80]!r}; write {HEADER.strip()!r}.")
    students = tuple(_student(path.name, line, dict(zip(head, row, strict=False))) for line, row in rows[1:])
    lines = [line for line, _ in rows[1:]]
    if problems := list(_doubles(path.name, students, lines)):
        raise CourseError("\n".join(problems))
    return Roster(students, path.name)


def _student(file: str, line: int, row: dict[str, str]) -> Student:
    if not row.get("id"):
        raise CourseError(f"{file}, line {line}: the column id is empty; write the student's id.")
    lms = tuple(name.strip() for name in row.get("lms", "").split("|") if name.strip())
    return Student(row["id"], row.get("name", ""), row.get("email", ""), lms)


def _doubles(file: str, students: tuple[Student, ...], lines: list[int]) -> Iterator[str]:
    """Yield a sentence for each id or LMS name that two lines claim; two people may share a name."""
    seen: dict[str, int] = {}
    for student, line in zip(students, lines, strict=True):
        for name in {_fold(each) for each in (student.id, *student.lms)}:
            if name in seen:
                yield (
                    f"{file}, line {line}: {name!r} stands in line {seen[name]} already; "
                    "an id or LMS name belongs to one student."
                )
            seen.setdefault(name, line)
