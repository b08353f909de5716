"""An assignment's file, roster and overlay say with their line what is wrong, and never show the seed."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from course.cli import app
from course.errors import CourseError
from course.grading import assignment, overlay, roster
from course.grading.assignment_new import write_new

from .school import MONEY, ROSTER, SEATS, SEED, moment, sheet

FILE = f"""\
id: week-1
title: Week 1
zone: Europe/Berlin
due: 2026-03-15 18:00
attempts: last
seed: {SEED}
roster: roster.csv
exercises:
- {{id: core.money, weight: 10}}
- id: core.seat-map
extensions:
- {{student: s1, due: 2026-03-20 18:00, reason: ill}}
"""


def load(folder: Path, text: str = FILE, people: str = ROSTER) -> assignment.Assignment:
    """Write and load an assignment."""
    (folder / "roster.csv").write_text(people, "utf-8")
    (folder / "week-1.yml").write_text(text, "utf-8")
    return assignment.load(folder / "week-1.yml")


def refused(folder: Path, text: str = FILE, people: str = ROSTER) -> str:
    """Return what is said of a bad one."""
    with pytest.raises(CourseError) as caught:
        load(folder, text, people)
    return str(caught.value)


def test_weights_come_from_the_file_and_else_from_the_course(tmp_path: Path) -> None:
    assert load(tmp_path).weights() == {MONEY: 10, SEATS: 10}
    assert sheet(tmp_path).weights() == {MONEY: 10, SEATS: 20}


def test_dates_are_in_the_zone_of_the_file(tmp_path: Path) -> None:
    made = load(tmp_path)
    assert made.due_for("s2") == datetime(2026, 3, 15, 17, 0, tzinfo=UTC)
    assert made.due_for("s1") == datetime(2026, 3, 20, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("due: 2026-03-15 18:00", "due: 2026-03-15", "week-1.yml, line 4: due: 2026-03-15 has no time of day; write one too"),
        ("due: 2026-03-15 18:00", "due: 2026-03-29 02:30", "line 4: due: 2026-03-29 02:30:00 exists twice or not at all in Eur"),
        ("due: 2026-03-15 18:00", "due: 2026-02-30 18:00:00", "week-1.yml: a date in it does not exist"),
        ("Europe/Berlin", "Berlin", "line 3: zone: 'Berlin' is no time zone; write a name such as Europe/Berlin or UTC"),
        ("attempts: last", "attempts: all", "line 5: attempts: 'all' is not allowed; write 'best' or 'last'"),
        (SEED, "short", "line 6: seed: it could be guessed; write 16 letters and digits or more"),
        ("core.seat-map", "core.seatmap", "line 10: There is no exercise 'core.seatmap'. Did you mean core.seat-map"),
        ("core.seat-map", "core.money", "line 10: exercises[1].id: core.money is there twice; remove one"),
        ("student: s1", "student: s8", "line 12: There is no student 's8'. Did you mean"),
        ("weight: 10", "weight: -1", "line 9: exercises[0].weight: Input should be greater than 0"),
        ("attempts:", "opens: 2026-04-01 10:00\nattempts:", "line 4: due: it is due before it opens"),
        ("attempts:", "closes: 2026-03-01 10:00\nattempts:", "line 5: closes: it closes before it is due"),
        ("attempts:", "late: {percent: 5}\nattempts:", "late.percent_per_day: this key is missing; add it"),
        ("title: Week 1\n", "", "line 1: title: this key is missing; add it"),
        ("title: Week 1", "title: 'Week", "Mend the YAML there"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_what_to_write(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in FILE
    assert said in refused(tmp_path, FILE.replace(old, new, 1))


@pytest.mark.parametrize("seed", ["hunter2", "[hunter2, hunter2]", "{hunter2: hunter2}"])
def test_a_wrong_seed_is_not_shown(tmp_path: Path, seed: str) -> None:
    assert "hunter2" not in refused(tmp_path, FILE.replace(SEED, seed))


def test_the_seed_is_shown_by_its_hash_only(tmp_path: Path) -> None:
    made = load(tmp_path)
    shown = CliRunner().invoke(app, ["assignment", "show", str(tmp_path / "week-1.yml")])
    assert made.secret == SEED
    assert made.seed_hash in shown.output
    assert SEED not in shown.output + repr(made) + str(made)


@pytest.mark.parametrize(
    ("late", "at", "expected"),
    [
        (None, "03-15 18:00", (0, 1)), (None, "03-15 18:01", (1, 0)),
        ({"percent_per_day": 10, "grace_minutes": 15}, "03-15 18:15", (0, 1)),
        ({"percent_per_day": 10, "grace_minutes": 15}, "03-15 18:16", (1, 0.9)),
        ({"percent_per_day": 10}, "03-16 18:00", (1, 0.9)), ({"percent_per_day": 10}, "03-16 18:01", (2, 0.8)),
        ({"percent_per_day": 50}, "03-20 12:00", (5, 0)),
        ({"percent_per_day": 10, "cut_off_days": 2}, "03-17 18:00", (2, 0.8)),
        ({"percent_per_day": 10, "cut_off_days": 2}, "03-17 18:01", (3, 0)),
    ],
)  # fmt: skip
def test_lateness_costs_what_the_policy_says(tmp_path: Path, late: Any, at: str, expected: tuple[int, float]) -> None:
    assert sheet(tmp_path, late=late).lateness("s1", moment(at)) == pytest.approx(expected)


def test_after_closing_nothing_counts_but_an_extension_reaches_beyond(tmp_path: Path) -> None:
    extension = {"student": "s2", "due": "2026-03-25 18:00", "reason": "ill"}
    made = sheet(tmp_path, closes="2026-03-16 18:00", extensions=[extension])
    assert made.lateness("s1", moment("03-16 18:01")) == (2, 0)
    assert made.lateness("s2", moment("03-25 18:00")) == (0, 1)


def test_a_new_assignment_is_valid_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    first, people = write_new(tmp_path / "week-1.yml", 'Gates "A" & money', "2026-03-15 18:00", "UTC", [MONEY])
    write_new(tmp_path / "week-2.yml", "Week 2", "2026-03-22 18:00", "UTC", [])
    one, two = assignment.load(first), assignment.load(tmp_path / "week-2.yml")
    assert (one.title, one.ids, len(one.secret)) == ('Gates "A" & money', (MONEY,), 32)
    assert one.secret != two.secret
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert people.read_text("utf-8") == "id,name,email,lms\n"


def test_a_new_assignment_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "week-1.yml").write_text("mine", "utf-8")
    with pytest.raises(CourseError, match="is there already"):
        write_new(tmp_path / "week-1.yml", "Week 1", "2026-03-15 18:00", "UTC", [MONEY])
    assert (tmp_path / "week-1.yml").read_text("utf-8") == "mine"


@pytest.mark.parametrize("name", ["s1", "Ada Lovelace", "ADA@example.org", " lovelaceada ", "ada"])
def test_a_student_is_found_by_whatever_the_lms_calls_the_file(tmp_path: Path, name: str) -> None:
    found = load(tmp_path).students.whose(name)
    assert found and found.id == "s1"


def test_a_name_that_two_students_share_is_nobodys_until_the_lms_column_tells(tmp_path: Path) -> None:
    twins = "id,name,lms\ns1,Ada Wu,ada-1\ns2,Ada Wu,\n"
    assert load(tmp_path, people=twins).students.whose("ada wu") is None
    told = load(tmp_path, people=twins.replace("s2,Ada Wu,", "s2,Ada Wu,ada wu")).students.whose("ada wu")
    assert told and told.id == "s2"


def test_a_roster_from_a_spreadsheet_is_read(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_bytes(b'\xef\xbb\xbfId;Name;LMS\r\ns1;"W\xc3\xbc; Ada";a|b\r\n\r\n')
    assert roster.load(tmp_path / "roster.csv").students == (roster.Student("s1", "Wü; Ada", "", ("a", "b")),)


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ("name\nAda\n", "roster.csv, line 1: the columns are 'name'; write 'id,name,email,lms'"),
        ("id,name\ns1,Ada\n,Bo\n", "roster.csv, line 3: the column id is empty"),
        ("id,lms\ns1,a\ns2,b|A\n", "roster.csv, line 3: 'a' stands in line 2 already"),
        ("", "line 1: the columns are ''"),
    ],
)
def test_a_bad_roster_is_told_with_its_line(tmp_path: Path, people: str, said: str) -> None:
    assert said in refused(tmp_path, people=people)


def test_a_roster_that_is_no_text_or_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_bytes(b"id,name\ns1,J\xfcrgen\n")
    with pytest.raises(CourseError, match="is not UTF-8 text"):
        roster.load(tmp_path / "roster.csv")
    with pytest.raises(CourseError, match="cannot be read"):
        roster.load(tmp_path / "none.csv")


def test_an_overlay_gives_points_and_brings_its_files(tmp_path: Path) -> None:
    own = tmp_path / "own" / "01-core-python" / "money" / "withheld"
    own.mkdir(parents=True)
    (own / "test_mine.py").write_text("import answer\n", "utf-8")
    (tmp_path / "own" / "points.yml").write_text("core.money: 3\ncore.seat-map: 4.5\n", "utf-8")
    made = load(tmp_path, FILE.replace(", weight: 10", "") + "overlay: own\n")
    assert made.own.files == (("01-core-python/money/withheld/test_mine.py", "import answer\n"),)
    assert made.weights() == {MONEY: 3, SEATS: 4.5}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "01-core-python/mony/public/test_a.py",
            "",
            "There is no exercise folder '01-core-python/mony'. Did you mean 01-core-p",
        ),
        ("01-core-python/money/test_a.py", "", "nothing reads it; use public/test_"),
        ("README.md", "", "There is no exercise folder 'README.md'"),
        ("points.yml", "core.money: none\n", "points.yml, line 1: core.money: Input should be a valid number"),
        ("points.yml", "core.honey: 3\n", "points.yml: There is no exercise 'core.honey'. Did you mean core.money"),
    ],
)
def test_a_file_of_an_overlay_that_nothing_reads_is_told(tmp_path: Path, name: str, text: str, said: str) -> None:
    path = tmp_path / "own" / name
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    with pytest.raises(CourseError) as caught:
        overlay.read(tmp_path / "own")
    assert said in str(caught.value)


def test_check_says_that_others_may_read_the_seed(tmp_path: Path) -> None:
    load(tmp_path)
    (tmp_path / "week-1.yml").chmod(0o644)
    said = CliRunner().invoke(app, ["assignment", "check", str(tmp_path / "week-1.yml")])
    assert "2 exercises, 3 students, nothing to mend" in said.output
    assert "chmod 600" in said.output


def test_the_command_line_writes_an_assignment_that_yaml_reads(tmp_path: Path) -> None:
    path = tmp_path / "week-3.yml"
    done = CliRunner().invoke(app, ["assignment", "new", str(path), "--due", "2026-03-15 18:00", "--exercise", MONEY])
    assert done.exit_code == 0, done.output
    assert yaml.safe_load(path.read_text("utf-8"))["exercises"] == [{"id": MONEY}]
