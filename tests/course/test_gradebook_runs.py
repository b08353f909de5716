"""Graded, recorded, replayed, graded again after a change of checks: with the real judge, through the command line."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import subprocess
import sys
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from course import index, notebook
from course.cli import app
from course.errors import CourseError
from course.grading import overlay, recording
from course.grading.assignment import Assignment
from course.grading.gradebook import Gradebook, dump
from course.grading.grades import Grade, grades
from course.grading.replay import regrade, replay, stale
from course.grading.submissions import Found, discover
from course.judging import bank
from course.judging.versions import fingerprint

from .school import MONEY, SEATS, sheet

CHECK = '''
import answer


def test_the_till_prints_its_own_line():
    """The till prints a line of ours."""
    assert answer.Money(100, "EUR").cents == {amount}, "an overlay checks this"
'''
PAIR = "- {id: core.money, weight: 10}\n- {id: core.seat-map, weight: 20}\n"


def solved(folder: Path, name: str, exercise: str = MONEY) -> Path:
    """Hand in the exercises' notebook with one exercise solved, as an alternative in its folder solves it."""
    root = index.root()
    _, topic, _ = index.load().find(exercise)
    nb = notebook.read(root / "exercises" / "01-core-python" / f"{topic.stem}.ipynb")
    [answer, *_] = sorted((bank.paths(root, exercise)[1] / "alternatives").glob("*.py"))
    for cell in nb["cells"]:
        if cell["source"].startswith(f"# exercise: {exercise}\n"):
            cell["source"] = answer.read_text("utf-8").partition("\n")[2]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(notebook.text(nb), "utf-8")
    os.utime(path, (datetime(2026, 3, 14, tzinfo=UTC).timestamp(),) * 2)
    return path


def own_check(folder: Path, amount: int, exercise: str = "money") -> None:
    """Write an overlay with one more withheld check."""
    place = folder / "own" / "01-core-python" / exercise / "withheld"
    place.mkdir(parents=True, exist_ok=True)
    (place / "test_till.py").write_text(CHECK.format(amount=amount), "utf-8")


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which s1's solution of core.money was graded and recorded once."""
    folder = tmp_path_factory.mktemp("graded")
    solved(folder / "subs", "ada_data-model.ipynb")
    sheet(folder)
    done = course(folder, "grade", "subs", "--assignment", "week-1.yml", "--provider", "process", "--trust")
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def again(graded: Path, tmp_path: Path) -> Path:
    """A copy of that folder."""
    return Path(shutil.copytree(graded, tmp_path / "copy"))


def course(folder: Path, *words: str) -> Result:
    """Run the command line in a folder."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        told = {"COURSE_GRADEBOOK": "grades.db", "COURSE_ASSIGNMENT": "week-1.yml", "COURSE_WHO": "kim"}
        more = ["--gradebook", "grades.db"] if words[0] == "grade" and "--assignment" in words else []
        return CliRunner().invoke(app, [*words, *more], env=told)
    finally:
        os.chdir(before)


def first(folder: Path, assignment: Assignment) -> Grade:
    with Gradebook(str(folder / "grades.db")) as book:
        return grades(book, assignment)[0]


def test_a_graded_file_is_in_the_gradebook_with_what_judged_it(graded: Path) -> None:
    grade = first(graded, sheet(graded))
    assert [(s.exercise, s.state, s.points) for s in grade.scores] == [
        (MONEY, "graded", 10),
        (SEATS, "not attempted", 0),
    ]
    assert grade.score(MONEY).version == fingerprint(MONEY)


def test_a_second_run_judges_nothing_and_counts_nothing_twice(again: Path) -> None:
    with Gradebook(str(again / "grades.db")) as book:
        before = dump(book)
    shutil.rmtree(again / "subs.graded")  # without the cache the gradebook itself knows
    done = course(again, "grade", "subs", "--assignment", "week-1.yml", "--provider", "process", "--trust")
    assert done.exit_code == 0, done.output
    with Gradebook(str(again / "grades.db")) as book:
        assert dump(book) == before


def test_a_run_killed_at_any_point_ends_in_the_gradebook_of_an_undisturbed_one(tmp_path: Path) -> None:
    for folder in ("calm", "killed"):
        sheet(tmp_path / folder)
        for student in ("ada", "bo", "cleo"):
            solved(tmp_path / folder / "subs", f"{student}_data-model.ipynb", MONEY)
            solved(tmp_path / folder / "subs", f"{student}_02-data-model.ipynb", SEATS)
    grade = [sys.executable, "-m", "course.cli", "grade", "subs", "--assignment", "week-1.yml", "--gradebook", "grades.db",
             "--provider", "process", "--trust", "--workers", "2"]  # fmt: skip
    told = {**os.environ, "PYTHONPATH": str(index.root()), "TMPDIR": str(tmp_path)}
    began = time.monotonic()
    calm = subprocess.run(grade, cwd=tmp_path / "calm", env=told, capture_output=True, text=True)
    seconds, points = time.monotonic() - began, random.Random(11)
    assert calm.returncode == 0, calm.stderr
    for _ in range(4):
        run = subprocess.Popen(
            grade, cwd=tmp_path / "killed", env=told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(points.uniform(0.3, 0.9) * seconds)
        run.kill()
        run.wait()
        shutil.rmtree(tmp_path / "killed" / "subs.graded", ignore_errors=True)  # the gradebook alone has to know
    last = subprocess.run(grade, cwd=tmp_path / "killed", env=told, capture_output=True, text=True)
    assert last.returncode == 0, last.stderr
    with (
        Gradebook(str(tmp_path / "calm/grades.db")) as calm_book,
        Gradebook(str(tmp_path / "killed/grades.db")) as book,
    ):
        assert dump(book) == dump(calm_book)
        assert len(dump(book)["attempts"]) == 6


def test_a_replay_comes_out_the_same(graded: Path) -> None:
    done = course(graded, "gradebook", "replay", "s1", MONEY, "--provider", "process", "--trust")
    assert (done.exit_code, "comes out the same" in done.output) == (0, True), done.output


def test_a_replay_names_the_checks_that_come_out_otherwise(again: Path) -> None:
    own_check(again, amount=7)
    assignment = sheet(again, overlay="own")
    how = recording.order(assignment, "process")
    with Gradebook(str(again / "grades.db")) as book:
        made = replay(book, assignment, "s1", MONEY, how)
    assert made.changed
    assert made.differences == ("test_the_till_prints_its_own_line: not there then, FAIL now",)
    assert "is different now: The checks or the judge have changed since that run." in made.sentence("s1")


def test_another_seed_cannot_replay_a_score(again: Path) -> None:
    other = sheet(again, seed="another-secret-of-sixteen")
    with (
        Gradebook(str(again / "grades.db")) as book,
        pytest.raises(CourseError, match="give the assignment file of that run"),
    ):
        replay(book, other, "s1", MONEY, recording.order(other, "process"))


def test_what_was_never_handed_in_cannot_be_replayed(graded: Path) -> None:
    assignment = sheet(graded)
    how = recording.order(assignment, "process")
    with Gradebook(str(graded / "grades.db")) as book:
        for student, attempt in (("s2", None), ("s1", 2), ("s1", 0)):
            with pytest.raises(CourseError, match="There is no result of"):
                replay(book, assignment, student, MONEY, how, attempt)


def test_changed_checks_regrade_their_exercise_and_no_other(again: Path) -> None:
    own_check(again, amount=7)
    assignment = sheet(again, overlay="own")
    how = recording.order(assignment, "process")
    with Gradebook(str(again / "grades.db")) as book, ThreadPoolExecutor(1) as executor:
        judging = recording.judging(assignment, how)
        [late] = stale(book, assignment, judging)
        assert (late.exercises, [r.id for r in late.known]) == ((MONEY,), [SEATS])
        assert regrade(book, assignment, judging, how, executor) == 1
        assert stale(book, assignment, judging) == []
        grade = grades(book, assignment)[0]
    assert grade.score(MONEY).run == judging.key
    assert 0 < (grade.points or 0) < 10


def test_an_exercise_added_to_the_assignment_is_graded_from_what_was_handed_in(again: Path) -> None:
    more = [{"id": MONEY, "weight": 10}, {"id": SEATS, "weight": 20}, {"id": "core.held-twice", "weight": 5}]
    assignment = sheet(again, exercises=more)
    with Gradebook(str(again / "grades.db")) as book:
        [late] = stale(book, assignment, recording.judging(assignment, recording.order(assignment, "process")))
    assert late.exercises == ("core.held-twice",)


def test_the_fingerprint_of_an_exercise_knows_its_own_overlay_only(tmp_path: Path) -> None:
    own_check(tmp_path, 7)
    files = overlay.read(tmp_path / "own").files
    assert fingerprint(MONEY, files) != fingerprint(MONEY)
    assert fingerprint(SEATS, files) == fingerprint(SEATS)
    assert fingerprint(files=files) != fingerprint()


def test_an_overlay_adds_its_checks_without_an_assignment_too(tmp_path: Path) -> None:
    path = solved(tmp_path, "ada_data-model.ipynb")
    own_check(tmp_path, 100)
    (tmp_path / "own" / "points.yml").write_text("core.money: 3\n", "utf-8")
    done = course(tmp_path, "grade", path.name, "--overlay", "own", "--out", "out", "--provider", "process", "--trust")
    assert done.exit_code == 0, done.output
    report = json.loads((tmp_path / "out" / "results.json").read_text("utf-8"))
    [money] = [e for e in report["submissions"][0]["exercises"] if e["id"] == MONEY]
    assert [c["verdict"] for c in money["checks"] if c["name"] == "test_the_till_prints_its_own_line"] == ["PASS"]
    assert "3.0/" in done.output
    task = bank.task(index.root(), MONEY)
    assert overlay.laid(task, overlay.read(tmp_path / "own").files).folder != task.folder
    assert not (task.folder / "withheld" / "test_till.py").exists()


def test_a_file_that_is_nobodys_is_told_and_recorded_once_the_roster_knows(again: Path) -> None:
    solved(again / "subs", "stranger_data-model.ipynb")
    command = ("grade", "subs", "--assignment", "week-1.yml", "--provider", "process", "--trust")
    done = course(again, *command)
    assert isinstance(done.exception, CourseError)
    assert "roster.csv does not tell whose they are: stranger (stranger_data-model.ipynb)" in str(done.exception)
    people = (again / "roster.csv").read_text("utf-8")
    (again / "roster.csv").write_text(people.replace(",cleo\n", ",cleo|stranger\n"), "utf-8")
    assert course(again, *command).exit_code == 0
    assert "\ns3           10 of 30     10 " in course(again, "gradebook", "show").output


def test_results_made_without_a_gradebook_are_recorded_and_judged_again(again: Path) -> None:
    (again / "grades.db").unlink()
    done = course(again, "gradebook", "record", "subs.graded/results.json", "subs")
    assert (done.exit_code, done.output.startswith("recorded 1 files")) == (0, True), done.output
    assert first(again, sheet(again)).points == 10
    assert "core.money, core.seat-map" in course(again, "gradebook", "regrade", "--dry-run").output
    sheet(again, seed="another-secret-of-sixteen")
    refused = course(again, "gradebook", "record", "subs.graded/results.json", "subs")
    assert "was made with the seed" in str(refused.exception)


def test_every_command_of_the_gradebook_says_what_it_did(again: Path, tmp_path: Path) -> None:
    shutil.copy(again / "grades.db", tmp_path / "older.db")
    said = [
        course(again, "gradebook", *words).output
        for words in (
            ("adjust", "s1", "1.5", "--reason", "neat"),
            ("adjust", "s2", "4", "--reason", "oral", "--exercise", MONEY, "--set"),
            ("request", "s1", SEATS, "I did it"),
            ("answer", "1", "Not here"),
            ("show", "s1"),
            ("show",),
            ("anonymise", "out.csv"),
            ("merge", str(tmp_path / "older.db")),
            ("dismiss", "s1", "ada_data-model.ipynb", "--reason", "a test"),
            ("forget", "s1", "--yes"),
        )
    ]
    wanted = (
        "s1: added 1.5 (neat)",
        "s2: set to 4 (oral)",
        "request 1 is open",
        "request 1 is answered",
        "core.money: 10 of 10, graded",
        "\ns2            4 of 30      4 ",
        "wrote 2 rows to out.csv",
        "nothing: it is all there",
        "is left out",
        "deleted 2 results",
    )
    for text, phrase in zip(said, wanted, strict=True):
        assert phrase in text
    assert "run " in said[4] and "the whole: added 1.5 by kim" in said[4] and "seed " in said[4]


def test_a_gradebook_needs_an_assignment_and_an_assignment_its_own_seed(again: Path) -> None:
    alone = course(again, "grade", "subs", "--gradebook", "grades.db", "--provider", "process", "--trust")
    assert "--gradebook needs --assignment FILE" in str(alone.exception)
    both = course(
        again, "grade", "subs", "--assignment", "week-1.yml", "--seed", "1", "--provider", "process", "--trust"
    )
    assert "leave --seed and --overlay out" in str(both.exception)


def test_the_time_of_a_file_comes_from_the_instructor_the_archive_or_the_disk(tmp_path: Path) -> None:
    assignment = sheet(tmp_path / "sheet", zone="Europe/Berlin")
    (tmp_path / "times.csv").write_text("file,time\nada.ipynb,2026-03-12T10:00\n", "utf-8")
    found = Found("ada", "subs/ada.ipynb", b"", at=datetime(2026, 3, 13, 9, tzinfo=UTC))
    packed = replace(found, source="bo.ipynb", at=datetime(2026, 3, 13, 10))
    told = recording.received(str(tmp_path / "times.csv"), assignment)
    assert told.at(found) == datetime(2026, 3, 12, 9, tzinfo=UTC)
    assert told.at(packed) == datetime(2026, 3, 13, 9, tzinfo=UTC)
    assert recording.received("2026-03-14T12:00+00:00", assignment).at(found) == datetime(2026, 3, 14, 12, tzinfo=UTC)
    assert recording.received("", assignment).at(found) == found.at
    for bad, why in (("soon", "is no moment"), (str(tmp_path / "sheet/roster.csv"), "write the columns file,time")):
        with pytest.raises(CourseError, match=why):
            recording.received(bad, assignment)


def test_a_students_own_archive_cannot_say_when_it_came(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("02-data-model.ipynb", (2001, 1, 1, 0, 0, 0)), "{}")
    with zipfile.ZipFile(tmp_path / "lms.zip", "w") as lms:
        lms.writestr(zipfile.ZipInfo("ada/mine.zip", (2026, 3, 14, 9, 0, 0)), packed.getvalue())
    [found] = discover(tmp_path / "lms.zip", ["02-data-model"])
    assert found.at == datetime(2026, 3, 14, 9)
