"""What other systems read: right where they look, and with nothing in it that they would run."""

from __future__ import annotations

import base64
import csv
import io
import json
import math
import os
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course import index
from course.errors import CourseError
from course.grading import standing
from course.grading.grade import write_json
from course.judging.result import Report, to_json
from course.reports import export, export_csv
from course.reports.export_csv import Column, Row, canvas, cell, from_report, moodle, number

from .sample_report import HOSTILE, MONEY, NAMES, SEATS, check, exercise, graded, hostile, submission

WEIGHTS = {MONEY: 10.0, SEATS: 10.0}
COLUMNS = [Column("Gates", 10.0), Column("Tills", 5)]
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
VERDICTS = ["TIMEOUT", "MEMORY", "CRASH", "EXITED", "KILLED", "PROTOCOL", "OUTPUT_LIMIT", "ERROR", "FAIL"]


def lines(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def doubtful() -> Report:
    doubt = submission("Zoe", exercise(MONEY, check("sums", verdict="UNCHECKED")), state="in doubt", sentence="Look.")
    return Report((*graded().submissions, doubt))


# -- cells


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\n=1", " =1", "\u00a0=1", "＝1+1", "-5", "-"]
)
def test_text_that_begins_like_a_formula_gets_an_apostrophe(text):
    assert cell(text).startswith("'")


@pytest.mark.parametrize(
    ("value", "shown"), [(-5, "-5"), (-0.5, "-0.5"), (7.0, "7"), (1 / 3, "0.3333"), (100, "100"), (0.0, "0")]
)
def test_numbers_stay_numbers(value, shown):
    assert cell(value) == shown


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_what_is_no_number_is_no_score(value):
    with pytest.raises(CourseError, match="grade again"):
        number(value)


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_no_text_makes_a_cell_that_begins_like_a_formula_or_breaks_its_line(text):
    told = export_csv.text([[text, 1], ["end", 2]])
    [first, last] = lines(told)
    assert not first[0].lstrip(" \u00a0").startswith(FORMULAS) and first[1] == "1" and last == ["end", "2"]


# -- Canvas and Moodle


def test_canvas_finds_its_columns_and_the_points_possible():
    told = lines(canvas([Row("Lovelace, Ada", {"Gates": 7.5}, "41", "S1", "ada", "CS 1")], COLUMNS))
    assert told == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Gates", "Tills"],
        ["    Points Possible", "", "", "", "", "10", "5"],
        ["Lovelace, Ada", "41", "S1", "ada", "CS 1", "7.5", ""],
    ]


def test_moodle_with_one_column_gets_the_worksheet_of_an_assignment():
    told = lines(moodle([Row("Ada", {"Gates": 7.5}, "41", email="a@b.example", feedback="=well done")], COLUMNS[:1]))
    assert dict(zip(*told, strict=True)) == {
        "Identifier": "Participant 41", "Full name": "Ada", "Email address": "a@b.example", "Username": "", "ID number": "",
        "Grade": "7.5", "Maximum Grade": "10", "Last modified (grade)": "-", "Feedback comments": "'=well done",
    }  # fmt: skip


def test_moodle_with_several_columns_gets_a_grade_import():
    told = lines(moodle([Row("Ada", {"Tills": 5.0})], COLUMNS))
    assert told[0][5:] == ["Gates", "Tills", "Feedback comments"] and told[1][5:7] == ["", "5"]


def test_a_report_gives_a_column_a_topic_and_a_row_a_student():
    rows, columns = from_report(graded(), index.load(), WEIGHTS)
    assert [(column.title, column.possible) for column in columns] == [
        ("Two seats that were equal and not the same", 20.0)
    ]
    assert [row.student for row in rows] == NAMES and rows[0].scores[columns[0].title] == 10.0


@pytest.mark.parametrize(("source", "told"), [
    ("lovelaceada_41_90_02-data-model.ipynb", "41"), ("lovelaceada_LATE_41_90_x.ipynb", "41"),
    ("Ada L_41_assignsubmission_file_/x.ipynb", "41"), ("ada/x_1_2_3.ipynb", ""), ("ada.ipynb", ""),
])  # fmt: skip
def test_the_platforms_own_number_comes_from_the_name_it_gave_the_file(source, told):
    [row], _ = from_report(
        Report((submission("ada", exercise(MONEY, check("sums")), source=source),)), index.load(), WEIGHTS
    )
    assert row.number == told


def test_what_is_in_doubt_holds_the_scores_back_and_is_named():
    with pytest.raises(CourseError, match=r"Zoe.*--partial"):
        from_report(doubtful(), index.load(), WEIGHTS)
    assert [row.student for row in from_report(doubtful(), index.load(), WEIGHTS, partial=True)[0]] == NAMES


def test_a_refused_file_is_no_zero():
    assert from_report(Report((submission("Ada", state="refused"),)), index.load(), {})[0] == []


@pytest.mark.parametrize("write", [canvas, moodle])
def test_no_cell_of_a_hostile_class_is_a_formula(write):
    rows, columns = from_report(hostile(), index.load(), {MONEY: 10.0})
    cells = [each for line in lines(write(rows, columns)) for each in line]
    assert len(rows) == len(HOSTILE)
    assert [each for each in cells if each.strip(" ").startswith(FORMULAS) and each != "-"] == []


# -- Gradescope and GitHub Classroom


def test_gradescope_gets_scores_that_add_up_and_sees_withheld_checks_later():
    told = export.gradescope(graded().submissions[4], WEIGHTS)
    assert (
        told["score"]
        == pytest.approx(sum(test["score"] for test in told["tests"]), abs=0.001)
        == pytest.approx(15.714, abs=0.001)
    )
    assert sum(test["max_score"] for test in told["tests"]) == pytest.approx(20, abs=0.001)
    assert {test["visibility"] for test in told["tests"]} == {"visible", "after_published"}
    assert {test["status"] for test in told["tests"]} == {"passed", "failed"} and told["stdout_visibility"] == "hidden"


@pytest.mark.parametrize("write", [export.gradescope, export.github])
def test_a_withheld_check_tells_call_and_values_and_no_word_of_its_author(write):
    secret = check("sums", False, visibility="withheld", why="the author's sentence", printed="what it printed")
    told = json.dumps(write(submission("Ada", exercise(MONEY, secret)), WEIGHTS))
    assert "got: 4" in told and "expected: 3" in told and "author" not in told and "printed" not in told


@pytest.mark.parametrize("write", [export.gradescope, export.github])
def test_what_was_not_attempted_scores_nothing_and_still_counts(write):
    told = write(submission("Ada", exercise(MONEY, attempted=False)), WEIGHTS)
    assert [test["score"] for test in told["tests"]] == [0.0]
    assert told.get("max_score", told["tests"][0].get("max_score")) == 10.0


def test_githubs_reporter_reads_points_status_and_messages():
    told = json.loads(
        base64.b64decode(base64.b64encode(json.dumps(export.github(graded().submissions[4], WEIGHTS)).encode()))
    )
    assert (told["version"], told["status"], told["max_score"]) == (1, "fail", 20.0)
    assert sum(test["score"] for test in told["tests"]) == pytest.approx(
        15.714, abs=0.001
    )  # what NotifyClassroom adds up
    assert {test["status"] for test in told["tests"]} == {"pass", "fail"}
    assert all(bool(test["message"]) == (test["status"] != "pass") for test in told["tests"])
    assert set(told["tests"][0]) == {
        "name", "status", "score", "message", "test_code", "filename", "line_no", "execution_time"
    }  # fmt: skip


@pytest.mark.parametrize(("each", "status"), [
    (submission("Ada", exercise(MONEY, check("sums"))), "pass"),
    (submission("Ada", exercise(MONEY, check("sums", False))), "fail"),
    (submission("Ada", exercise(MONEY, check("sums", verdict="UNCHECKED"))), "error"),
    (submission("Ada", state="refused"), "error"),
])  # fmt: skip
def test_githubs_status_is_pass_fail_or_error(each, status):
    assert export.github(each, WEIGHTS)["status"] == status


# -- JUnit


def test_junit_has_a_suite_for_each_exercise_and_counts_that_are_true():
    tree = ElementTree.fromstring(export.junit(doubtful()))
    assert len(tree) == 2 * len(NAMES) + 2
    for suite in tree:
        counted = {name: len(suite.findall(f".//{name}")) for name in ("testcase", "failure", "error", "skipped")}
        told = {
            name: int(suite.get(key, ""))
            for name, key in zip(counted, ("tests", "failures", "errors", "skipped"), strict=True)
        }
        assert told == counted


@pytest.mark.parametrize("verdict", VERDICTS)
def test_junit_calls_every_way_to_fail_a_failure_and_what_could_not_be_made_an_error(verdict):
    tree = ElementTree.fromstring(
        export.junit(Report((submission("Ada", exercise(MONEY, check("a", False, verdict=verdict))),)))
    )
    assert tree.find(".//failure").get("type") == verdict and tree[0].get("failures") == "1"
    tree = ElementTree.fromstring(
        export.junit(Report((submission("Ada", exercise(MONEY, check("a", False, verdict="UNCHECKED"))),)))
    )
    assert tree.find(".//error") is not None and tree.find(".//failure") is None


def test_junit_skips_what_was_not_attempted_and_tells_of_refused_files():
    tree = ElementTree.fromstring(
        export.junit(
            Report(
                (
                    submission("Ada", exercise(MONEY, attempted=False)),
                    submission("Bo", state="refused", sentence="Empty."),
                )
            )
        )
    )
    assert tree.find(".//skipped") is not None and tree.find(".//error").get("message") == "Empty."


def test_junit_holds_hostile_text_as_text():
    tree = ElementTree.fromstring(export.junit(hostile()))
    assert {each.tag for each in tree.iter()} == {"testsuites", "testsuite", "testcase", "failure", "error"}
    assert any("<script>" in (each.text or "") for each in tree.iter("failure"))


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=())))
def test_no_text_breaks_junit(text):
    each = submission(text, exercise(MONEY, check("a", False, got=text, description=text)))
    assert len(ElementTree.fromstring(export.junit(Report((each,))).encode())) == 1


# -- the command


def course(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "course.cli", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=index.root(), env={**os.environ, "NO_COLOR": "1"}
    )


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    path = tmp_path_factory.mktemp("graded") / "results.json"
    write_json(to_json(doubtful()), path)
    return path


def test_export_prints_or_writes_and_holds_back_what_is_in_doubt(results, tmp_path):
    held = course("export", results, "--format", "canvas", "--out", tmp_path / "c.csv")
    assert held.returncode == 2 and "Zoe" in held.stderr and not (tmp_path / "c.csv").exists()
    assert course("export", results, "--format", "canvas", "--partial", "--out", tmp_path / "c.csv").returncode == 0
    assert lines((tmp_path / "c.csv").read_text("utf-8"))[2][0] == "Ada"


def test_export_writes_a_file_a_submission_where_the_other_side_wants_one(results, tmp_path):
    refused = course("export", results, "--format", "gradescope", "--partial")
    assert refused.returncode == 2 and "--out" in refused.stderr
    assert course("export", results, "--format", "github", "--partial", "--out", tmp_path).returncode == 0
    assert len(list(tmp_path.glob("*.json"))) == len(NAMES)


def test_weights_of_an_overlay_are_those_of_the_export(results, tmp_path):
    (tmp_path / "points.yml").write_text(f"{MONEY}: 2.5\n{SEATS}: 2.5\n")
    told = course("export", results, "--format", "canvas", "--partial", "--overlay", tmp_path)
    assert lines(told.stdout)[1][5] == "5", told.stderr


def test_standings_of_a_file_are_those_of_its_report(results):
    assert [each.student for each in standing.gather(standing.read(results))] == [*NAMES, "Zoe"]
