"""Locked, full, corrupt, killed: the gradebook says so in a sentence, and ends up as if nothing had happened."""

from __future__ import annotations

import os
import random
import resource
import signal
import sqlite3
import threading
import time
from pathlib import Path
from typing import TextIO

import pytest

from course.errors import CourseError
from course.grading import tables
from course.grading.gradebook import Gradebook, dump
from course.grading.grades import grades

from .school import MONEY, School, sheet


def record(folder: Path, limit: int = 0) -> tuple[int, TextIO]:
    """Start a process that records 36 files, a line each, then says why it stopped; return its id and what it says.

    `limit`: the bytes that its files may have, as on a disk that is full then.
    """
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, os.fdopen(reading)
    said = "done"
    try:
        school = School(str(folder / "grades.db"), sheet(folder))
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        for number in range(12):
            for student in ("s1", "s2", "s3"):
                text, at = f"try {number} {'x' * 500}", f"03-{number + 1:02} 12:00"
                school.hand_in(student, text, at, money="pf" * (number + 1), seats="pp")
                os.write(writing, b"recorded\n")
    except CourseError as error:
        said = str(error)
    except BaseException as error:
        said = f"broken: {error!r}"
    finally:
        os.write(writing, said.encode())
        os._exit(0)


def finish(folder: Path, limit: int = 0) -> str:
    """Record to the end; return what was said."""
    process, output = record(folder, limit)
    with output:
        said = output.read()
    os.waitpid(process, 0)
    return said


def recorded(folder: Path) -> dict[str, object]:
    with Gradebook(str(folder / "grades.db")) as book:
        return dump(book)


def attempts(folder: Path) -> list[list[object]]:
    """Return the attempts that were recorded so far, their results last."""
    try:
        return recorded(folder)["attempts"]  # type: ignore[return-value]
    except CourseError:  # killed before there was a gradebook
        return []


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    folder = tmp_path_factory.mktemp("undisturbed")
    assert finish(folder) == "recorded\n" * 36 + "done"
    return recorded(folder)


def test_a_recording_killed_at_twenty_points_ends_like_one_that_was_not(
    tmp_path: Path, undisturbed: dict[str, object]
) -> None:
    rng = random.Random(7)
    for _ in range(20):
        process, output = record(tmp_path)
        for _ in range(rng.randrange(0, 30)):
            output.readline()
        time.sleep(rng.random() * 0.01)
        os.kill(process, signal.SIGKILL)
        assert os.waitpid(process, 0)[1] == signal.SIGKILL
        output.close()
        assert all(len(attempt[-1]) == 2 for attempt in attempts(tmp_path)), "a file was recorded by half"
    assert finish(tmp_path).endswith("done")
    assert recorded(tmp_path) == undisturbed


def test_a_full_disk_is_a_sentence_and_the_run_can_be_finished_later(
    tmp_path: Path, undisturbed: dict[str, object]
) -> None:
    said = finish(tmp_path, limit=120_000)
    assert 0 < said.count("recorded\n") < 36
    assert "the disk is full or failing. Make room, and run this again; what was recorded stays" in said
    assert finish(tmp_path).endswith("done")
    assert recorded(tmp_path) == undisturbed


def test_a_gradebook_in_use_is_waited_for(tmp_path: Path) -> None:
    school = School(str(tmp_path / "grades.db"), sheet(tmp_path))
    holder = sqlite3.connect(tmp_path / "grades.db", isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    threading.Timer(0.5, lambda: holder.execute("COMMIT")).start()
    school.hand_in("s1", "a", money="pp")
    assert school.points("s1") == 10


def test_a_gradebook_that_stays_in_use_is_a_sentence(tmp_path: Path) -> None:
    school = School(str(tmp_path / "grades.db"), sheet(tmp_path))
    holder = sqlite3.connect(tmp_path / "grades.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with (
        Gradebook(str(tmp_path / "grades.db"), wait=0.2) as book,
        pytest.raises(CourseError, match=r"in use by another program, also after 0.2 s\. Wait for it, or end it"),
    ):
        book.adjust(school.sheet, "s1", 1, "why", "kim")
    assert school.points("s1") == 0  # reading goes on meanwhile


def test_a_file_that_is_no_gradebook_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "grades.db").write_text("student,points\n" * 100, "utf-8")
    with (
        Gradebook(str(tmp_path / "grades.db")) as book,
        pytest.raises(CourseError, match=r"it is no database that can be read\. Restore a copy"),
    ):
        book.prepare()


def test_a_damaged_gradebook_is_a_sentence(tmp_path: Path) -> None:
    school = School(str(tmp_path / "grades.db"), sheet(tmp_path))
    for number in range(12):
        school.hand_in("s1", f"try {number}", money="p" * 60)
    with (tmp_path / "grades.db").open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom((tmp_path / "grades.db").stat().st_size - 4096))
    with Gradebook(str(tmp_path / "grades.db")) as book, pytest.raises(CourseError, match="Restore a copy"):
        dump(book)


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("nowhere/grades.db", "it cannot be opened. Look at the folder"),
        ("postgresql://me:hunter2@127.0.0.1:1/grades", "no PostgreSQL answers there"),
        ("mysql://me@host/grades", "A gradebook in 'mysql' is not known"),
        ("://", "The gradebook's URL cannot be read"),
    ],
)
def test_a_place_where_no_gradebook_can_be_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CourseError, match=said) as caught, Gradebook(where) as book:
        book.prepare()
    assert "hunter2" not in str(caught.value)


def test_looking_at_a_gradebook_that_is_not_there_makes_none(tmp_path: Path) -> None:
    with Gradebook(str(tmp_path / "grades.db")) as book, pytest.raises(CourseError, match="There is no gradebook"):
        grades(book, sheet(tmp_path))
    assert not (tmp_path / "grades.db").exists()


def test_a_clock_that_goes_back_changes_no_grade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    school = School(str(tmp_path / "grades.db"), sheet(tmp_path))
    school.hand_in("s1", "a", money="pp")
    past = tables.now().replace(year=1999)
    for column in (
        tables.Run.__table__.c.began,
        tables.Attempt.__table__.c.recorded,
        tables.Adjustment.__table__.c.made,
    ):
        monkeypatch.setattr(column.default, "arg", lambda _context: past)
    school.hand_in("s1", "a", money="pf", judging=school.run(versions={MONEY: "checks-2"}))
    assert school.points("s1") == 5
    school.book.adjust(school.sheet, "s1", 8, "first", "kim", MONEY, "set")
    past = past.replace(year=1998)
    school.book.adjust(school.sheet, "s1", 9, "second", "kim", MONEY, "set")
    assert school.points("s1") == 9
