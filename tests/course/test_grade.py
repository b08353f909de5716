"""A class is graded right, with a sentence for each bad file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import jsonschema
import pytest

from course import index
from course.authoring import generate
from course.errors import CourseError
from course.grading.grade import Order, grade_all, grade_one, rows, schema, write_json
from course.grading.submissions import Found
from course.judging.result import ExerciseResult, Report, SubmissionResult, to_json

from . import sample_class
from .sample_class import Expected

ORDER = Order("process")
CLASS = ["ada_02-data-model.ipynb", "bo/02-data-model.ipynb", "cleo_4711_90210_data-model-1.ipynb",
         "Dan O'Hara_77_assignsubmission_file_/answers.ipynb", "eve_data_model.ipynb", "fay_data_model.ipynb", "gus.ipynb",
         "hal_02-data-model.ipynb", "ida/pattern matching.ipynb", "jo_LATE_8_9_01-pattern-matching.ipynb",
         "kim_data_model.ipynb", "lea/", "mia.zip/home/02-data-model.ipynb"]  # fmt: skip


@pytest.fixture(scope="module")
def pool() -> Iterator[Executor]:
    with ThreadPoolExecutor(1) as executor:
        yield executor


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Expected]]:
    folder = tmp_path_factory.mktemp("class")
    return folder, sample_class.build(folder)


@pytest.fixture(scope="module")
def graded(school: tuple[Path, dict[str, Expected]], pool: Executor) -> Report:
    return grade_all(school[0], ORDER, pool)


def outcome(result: ExerciseResult) -> str | set[str]:
    if not result.attempted:
        return "not attempted"
    return "solved" if result.passed else {check.name.partition("[")[0] for check in result.checks if not check.passed}


def of(report: Report, name: str) -> SubmissionResult:
    [found] = [s for s in report.submissions if s.source == name]
    return found


def test_every_file_of_the_class_is_told_of_once(school: tuple[Path, dict[str, Expected]], graded: Report) -> None:
    assert sorted(school[1]) == sorted(CLASS) == sorted(s.source for s in graded.submissions)


@pytest.mark.parametrize("name", CLASS)
def test_the_sample_class_is_graded_right(school: tuple[Path, dict[str, Expected]], graded: Report, name: str) -> None:
    expected, found = school[1][name], of(graded, name)
    assert (found.student, found.state) == (expected.student, expected.state), found.sentence
    assert expected.sentence in found.sentence
    assert {r.id: outcome(r) for r in found.exercises} == expected.exercises


@pytest.mark.parametrize("name", ["eve_data_model.ipynb", "fay_data_model.ipynb", "gus.ipynb", "lea/"])
def test_a_bad_file_gets_one_clear_sentence(graded: Report, name: str) -> None:
    sentence = of(graded, name).sentence
    assert sentence.endswith((".", "name_topic.ipynb."))
    assert len(sentence) < 250
    assert "Traceback" not in sentence
    assert "Error" not in sentence


def test_the_report_of_the_shuffled_notebook_says_which_cells_were_judged(graded: Report) -> None:
    assert all(
        "There are 3 cells for this exercise" in r.notes[0] for r in of(graded, "hal_02-data-model.ipynb").exercises
    )


def test_the_wrong_answers_get_part_of_the_points(graded: Report) -> None:
    for name in ("Dan O'Hara_77_assignsubmission_file_/answers.ipynb", "jo_LATE_8_9_01-pattern-matching.ipynb"):
        assert all(0 < r.fraction < 1 for r in of(graded, name).exercises)


def test_the_table_shows_points_for_those_that_were_graded_only(graded: Report) -> None:
    points = {exercise.id: exercise.points for _, _, exercise in index.load().exercises()}
    best = sum(points[i] for i in sample_class.exercises(sample_class.DATA_MODEL))
    shown = {student: got for student, _, _, got in rows(graded.submissions, points)}
    assert (shown["ada"], shown["bo"], shown["eve"], shown["gus"]) == (f"{best:.1f}/{best}", f"0.0/{best}", "–", "?")


def test_grading_again_from_the_cache_gives_the_same(
    school: tuple[Path, dict[str, Expected]], pool: Executor, tmp_path: Path
) -> None:
    folder = tmp_path / "two"
    folder.mkdir()
    for name in ("ada_02-data-model.ipynb", "eve_data_model.ipynb"):
        (folder / name).write_bytes((school[0] / name).read_bytes())
    first = grade_all(folder, ORDER, pool, tmp_path / "cache")
    (folder / "zoe_02-data-model.ipynb").write_bytes((folder / "ada_02-data-model.ipynb").read_bytes())
    second = grade_all(folder, ORDER, pool, tmp_path / "cache")
    assert second.submissions[:2] == first.submissions
    assert [s.student for s in second.submissions] == ["ada", "eve", "zoe"]


# -- the JSON beside it


def test_the_results_match_the_committed_schema(graded: Report) -> None:
    committed = json.loads((index.root() / "course" / "report.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(committed)
    data = json.loads(json.dumps(to_json(graded)))
    jsonschema.validate(data, committed)
    assert data["schema_version"] == 1


def test_the_schema_refuses_what_is_no_report(graded: Report) -> None:
    data = json.loads(json.dumps(to_json(graded)))
    data["submissions"][0]["state"] = "fine"
    with pytest.raises(jsonschema.ValidationError, match="fine"):
        jsonschema.validate(data, schema())


def test_the_committed_schema_is_derived() -> None:
    path = Path("course/report.schema.json")
    assert generate.derived(index.load(), index.root())[path] == (index.root() / path).read_text("utf-8")


def test_results_hold_no_path_of_this_machine_and_no_secret_seed(
    school: tuple[Path, dict[str, Expected]], graded: Report
) -> None:
    text = json.dumps(to_json(graded))
    assert str(school[0]) not in text
    assert str(index.root()) not in text


def test_results_that_cannot_be_written_are_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CourseError, match=r"cannot be written: .*--out"):
        write_json({}, tmp_path / "file" / "results.json")


def test_results_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    write_json({"a": 1}, path)
    with pytest.raises(TypeError):
        write_json({"a": object()}, path)
    assert json.loads(path.read_text("utf-8")) == {"a": 1}
    assert list(tmp_path.iterdir()) == [path]


# -- files that cannot be graded


BAD = {
    b"{": "its JSON is broken (line 1",
    b"": "it is empty",
    b"  \n": "it is empty",
    b"\xff\xfe\x00": "it is not UTF-8 text (byte 0)",
    b"[]": "it has no list of cells",
    b"null": "it has no list of cells",
    b'{"cells": 1, "nbformat": 4}': "it has no list of cells",
    b'{"cells": [], "nbformat": 3}': "its format is '3' and has to be 4",
    b'{"cells": []}': "its format is 'None' and has to be 4",
    b'{"cells": [1], "nbformat": 4}': "cell 1 is of no known type",
    b'{"cells": [{"cell_type": "heading"}], "nbformat": 4}': "cell 1 is of no known type",
    b'{"cells": [{"cell_type": "code", "source": 7}], "nbformat": 4}': "the source of cell 1 is no text",
    b'{"cells": [{"cell_type": "code", "source": [1]}], "nbformat": 4}': "the source of cell 1 is no text",
    b'{"cells": [{"cell_type": "code", "source": "\\ud800"}], "nbformat": 4}': "broken characters (lone surrogates)",
    b"[" * 100_000: "its JSON is broken (too deep)",
    b'{"cells": [' + b"[" * 1_000_001: "more than a million lists and objects",
    b'{"cells": [' + b",".join([b'{"cell_type": "raw"}'] * 2_001) + b'], "nbformat": 4}': "more than 2000 cells",
}


@pytest.mark.parametrize("raw", BAD, ids=lambda raw: ascii(raw[:70]))
def test_a_malformed_notebook_is_refused_with_the_reason(raw: bytes) -> None:
    result = grade_one(Found("ada", "ada_data-model.ipynb", raw), ORDER)
    assert (result.state, result.student) == ("refused", "ada")
    assert result.sentence.startswith("ada_data-model.ipynb is no readable notebook: ")
    assert BAD[raw] in result.sentence


def test_cells_of_ten_megabytes_each_are_refused() -> None:
    raw = sample_class.file(["x = '" + "a" * (10 << 20) + "'", "y = '" + "a" * (10 << 20) + "'"])
    assert "hold more than a million characters" in grade_one(Found("ada", "ada.ipynb", raw), ORDER).sentence


def test_a_file_over_twenty_five_megabytes_is_refused() -> None:
    assert "it is larger than 25 MiB" in grade_one(Found("ada", "ada.ipynb", b" " * (26 << 20)), ORDER).sentence


@pytest.mark.parametrize(
    "cell",
    [
        '{"cell_type": "code"}',
        '{"cell_type": "code", "source": null}',
        '{"cell_type": "code", "source": "1", "id": "a", "metadata": 3}',
    ],
)
def test_a_cell_without_source_or_with_odd_parts_gets_a_sentence_or_a_grade(cell: str) -> None:
    raw = f'{{"cells": [{cell}, {cell}], "nbformat": 4}}'.encode()
    result = grade_one(Found("ada", "ada_data-model.ipynb", raw), ORDER)
    assert result.state == "graded" if "null" not in cell else result.sentence
    assert not any(r.attempted for r in result.exercises)


def test_an_answer_to_no_exercise_of_the_course_is_a_remark(pool: Executor) -> None:
    raw = sample_class.file(["# exercise: core.nothing\nx = 1"])
    result = pool.submit(grade_one, Found("ada", "ada_data-model.ipynb", raw), ORDER).result()
    assert result.notes == ("It answers 'core.nothing', which is no exercise of this course.",)


def test_hostile_names_are_shown_as_text() -> None:
    result = grade_one(Found("\x1b[2J::error::x", "a\u202eb.ipynb", b""), ORDER)
    assert not set(result.student + result.source + result.sentence) & set("\x1b\u202e")


def test_a_judge_that_fails_leaves_the_submission_in_doubt() -> None:
    raw = sample_class.file(["# exercise: core.money\nx = 1"])
    result = grade_one(Found("ada", "ada.ipynb", raw), Order("wishes"))
    assert result.state == "in doubt"
    assert "no sandbox provider 'wishes'" in result.sentence


def test_what_does_not_exist_or_holds_nothing_is_a_sentence(tmp_path: Path, pool: Executor) -> None:
    with pytest.raises(CourseError, match="does not exist"):
        grade_all(tmp_path / "nowhere", ORDER, pool)
    with pytest.raises(CourseError, match="no notebook and no zip"):
        grade_all(tmp_path, ORDER, pool)


# -- the command


def grade(path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "course.cli", "grade", str(path), *options]
    return subprocess.run(command, cwd=index.root(), capture_output=True, text=True, timeout=120, check=False)


def test_the_command_prints_a_table_and_writes_the_results_beside(
    school: tuple[Path, dict[str, Expected]], tmp_path: Path
) -> None:
    files = {
        name: (school[0] / name).read_bytes()
        for name in ("ada_02-data-model.ipynb", "cleo_4711_90210_data-model-1.ipynb", "eve_data_model.ipynb")
    }
    lms = tmp_path / "submissions.zip"
    lms.write_bytes(sample_class.zipped(files))
    done = grade(lms, "--provider", "process", "--trust", "--workers", "1")
    assert (done.returncode, done.stderr) == (0, "")
    for word in ("3 submissions", "ada", "cleo", "eve", "refused"):
        assert word in done.stdout
    data = json.loads((tmp_path / "submissions.zip.graded" / "results.json").read_text("utf-8"))
    assert [s["student"] for s in data["submissions"]] == ["ada", "cleo", "eve"]


def test_the_command_answers_a_wrong_path_with_one_sentence(tmp_path: Path) -> None:
    done = grade(tmp_path / "nowhere", "--provider", "process", "--trust")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "does not exist" in done.stderr


def test_the_command_refuses_to_run_others_code_without_a_sandbox(tmp_path: Path) -> None:
    done = grade(tmp_path, "--provider", "process")
    assert done.returncode == 2
    assert "--trust" in done.stderr
