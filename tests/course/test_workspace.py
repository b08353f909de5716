"""What the learner's own copy keeps, and what it takes over."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from course.errors import CourseError
from course.learning.workspace import reset, sync

STEM = "01-core-python/01-gates"
EXERCISE = f"exercises/{STEM}.ipynb"
TOPIC = f"notebooks/{STEM}.ipynb"
STUB = "# exercise: core.count-scans\ndef count_scans(lines):\n    raise NotImplementedError\n"
ANSWER = STUB.replace("raise NotImplementedError", "return len(lines)")
INDEX = """
title: A course
repository: https://example.org/course
retired: []
capstone: {slug: end, title: End, status: planned}
chapters:
- slug: 01-core-python
  title: Core
  claim: A gate
  lab: {slug: gate, title: Gate, status: planned}
  topics:
  - stem: 01-gates
    title: Gates
    roadmap: gates
    status: written
    minutes: 10
    prior: nothing
    objectives: [Count scans]
    exercises:
    - {id: core.count-scans, title: Count, level: 1, kind: build, points: 5}
    - {id: core.open-gate, title: Open, level: 1, kind: build, points: 5}
"""


def cell(key: str | None, text: str, kind: str = "code") -> dict[str, Any]:
    made: dict[str, Any] = {"cell_type": kind, "metadata": {}, "source": text.splitlines(keepends=True)}
    if kind == "code":
        made |= {"outputs": [], "execution_count": None}
    return made | ({"id": key} if key else {})


def exercise_cells() -> list[dict[str, Any]]:
    return [
        cell("head", "# Gates", "markdown"),
        cell("setup", "from course import check, progress"),
        cell("count-scans-statement", "Count the scans.", "markdown"),
        cell("count-scans-answer", STUB),
        cell("count-scans-check", 'check("core.count-scans")'),
        cell("open-gate-statement", "Open the gate.", "markdown"),
        cell("open-gate-answer", "# exercise: core.open-gate\nraise NotImplementedError\n"),
    ]


def save(path: Path, cells: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")


def cells_of(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(path.read_text(encoding="utf-8"))["cells"])


def texts(path: Path) -> list[str]:
    return ["".join(each["source"]) for each in cells_of(path)]


def edit(path: Path, **changes: str) -> None:
    """Replace the text of cells by id; `count_scans_answer` names the cell count-scans-answer."""
    cells = cells_of(path)
    for each in cells:
        key = each.get("id", "").replace("-", "_")
        if key in changes:
            each["source"] = changes[key].splitlines(keepends=True)
    save(path, cells)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A course of one topic with two exercises and a lab, copied to work/ once."""
    (tmp_path / "course.yml").write_text(INDEX, encoding="utf-8")
    save(tmp_path / EXERCISE, exercise_cells())
    save(tmp_path / TOPIC, [cell("head", "# Gates", "markdown"), cell("first-run", "print(1)")])
    lab = tmp_path / "labs/01-core-python/gate/run.sh"
    lab.parent.mkdir(parents=True)
    lab.write_text("echo start\n", encoding="utf-8")
    lab.chmod(0o755)
    assert len(sync(tmp_path).added) == 3
    return tmp_path


def test_the_first_copy_holds_every_file_under_its_relative_path(root: Path) -> None:
    for name in (EXERCISE, TOPIC, "labs/01-core-python/gate/run.sh"):
        assert (root / "work" / name).read_bytes() == (root / name).read_bytes()
    assert os.access(root / "work/labs/01-core-python/gate/run.sh", os.X_OK)


def test_caches_and_hidden_files_are_not_copied(root: Path) -> None:
    for name in ("notebooks/.ipynb_checkpoints/x.ipynb", "labs/__pycache__/x.pyc"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x", encoding="utf-8")
    assert sync(root).added == []


def test_a_second_copy_changes_nothing(root: Path) -> None:
    work = root / "work" / EXERCISE
    edit(work, count_scans_answer=ANSWER, head="# My own title")
    before = work.read_bytes()
    report = sync(root)
    assert (report.added, report.updated, report.notes) == ([], [], [])
    assert work.read_bytes() == before


def test_a_new_file_of_the_course_arrives(root: Path) -> None:
    save(root / "notebooks/01-core-python/02-tills.ipynb", [])
    assert sync(root).added == ["notebooks/01-core-python/02-tills.ipynb"]


def test_a_changed_statement_arrives_and_the_answer_stays(root: Path) -> None:
    work = root / "work" / EXERCISE
    edit(work, count_scans_answer=ANSWER)
    edit(root / EXERCISE, count_scans_statement="Count the scans of one gate.")
    assert sync(root).updated == [EXERCISE]
    assert "Count the scans of one gate." in texts(work)
    assert ANSWER in texts(work)


def test_a_new_stub_replaces_an_untouched_one(root: Path) -> None:
    edit(root / EXERCISE, count_scans_answer=STUB.replace("lines", "scans"))
    sync(root)
    assert STUB.replace("lines", "scans") in texts(root / "work" / EXERCISE)


def test_a_new_stub_never_replaces_an_answer_and_the_learner_is_told(root: Path) -> None:
    work = root / "work" / EXERCISE
    edit(work, count_scans_answer=ANSWER)
    edit(root / EXERCISE, count_scans_answer=STUB.replace("lines", "scans"))
    notes = sync(root).notes
    assert ANSWER in texts(work)
    assert any("core.count-scans" in note and "course reset" in note for note in notes)


def test_cells_the_learner_added_stay_where_they_are(root: Path) -> None:
    work = root / "work" / EXERCISE
    cells = cells_of(work)
    cells.insert(3, cell("a1b2c3", "helper = 1"))
    save(work, cells)
    edit(root / EXERCISE, count_scans_statement="New.", count_scans_check='check("core.count-scans")  # again')
    sync(root)
    found = texts(work)
    assert found.index("helper = 1") == 3
    assert found[4] == STUB


def test_a_new_exercise_is_put_where_it_stands_in_the_course(root: Path) -> None:
    cells = exercise_cells()
    cells.insert(5, cell("close-gate-answer", "# exercise: core.close-gate\nraise NotImplementedError"))
    save(root / EXERCISE, cells)
    sync(root)
    ids = [each["id"] for each in cells_of(root / "work" / EXERCISE)]
    assert ids.index("close-gate-answer") == ids.index("count-scans-check") + 1


def test_an_answer_survives_its_exercise_being_withdrawn(root: Path) -> None:
    work = root / "work" / EXERCISE
    edit(work, count_scans_answer=ANSWER)
    save(root / EXERCISE, [each for each in exercise_cells() if not each["id"].startswith("count-scans")])
    sync(root)
    assert ANSWER in texts(work)
    assert "Count the scans." not in texts(work)


def test_a_cell_the_learner_deleted_stays_deleted_until_it_changes(root: Path) -> None:
    work = root / "work" / EXERCISE
    save(work, [each for each in exercise_cells() if each["id"] != "count-scans-statement"])
    edit(root / EXERCISE, head="# Gates, again")
    sync(root)
    assert "Count the scans." not in texts(work)
    edit(root / EXERCISE, count_scans_statement="Count, please.")
    sync(root)
    assert "Count, please." in texts(work)


def test_notes_in_a_statement_are_kept_as_a_copy_when_the_statement_changes(root: Path) -> None:
    edit(root / "work" / EXERCISE, count_scans_statement="Count the scans. NOTE TO SELF")
    edit(root / EXERCISE, count_scans_statement="Count all the scans.")
    notes = sync(root).notes
    assert "Count all the scans." in texts(root / "work" / EXERCISE)
    (copy,) = (root / "work/kept").iterdir()
    assert "NOTE TO SELF" in copy.read_text(encoding="utf-8")
    assert any(copy.name in note for note in notes)


def test_an_editor_that_drops_cell_ids_costs_no_answer_and_doubles_no_cell(root: Path) -> None:
    work = root / "work" / EXERCISE
    edit(work, count_scans_answer=ANSWER)
    cells = [{**each, "id": f"random-{n}"} for n, each in enumerate(cells_of(work))]
    save(work, cells)
    edit(root / EXERCISE, count_scans_statement="Count the scans of one gate.")
    sync(root)
    assert [text == ANSWER for text in texts(work)].count(True) == 1
    assert len(texts(work)) == len(exercise_cells())
    assert "Count the scans of one gate." in texts(work)


def test_a_topic_notebook_that_was_only_run_follows_the_course(root: Path) -> None:
    work = root / "work" / TOPIC
    cells = cells_of(work)
    cells[1] |= {"execution_count": 7, "outputs": [{"output_type": "stream", "name": "stdout", "text": ["1\n"]}]}
    save(work, cells)
    edit(root / TOPIC, first_run="print(2)")
    assert sync(root).updated == [TOPIC]
    assert "print(2)" in texts(work)


def test_a_topic_notebook_that_was_edited_stays_and_the_new_one_lies_beside_it(root: Path) -> None:
    work = root / "work" / TOPIC
    edit(work, first_run="print('mine')")
    edit(root / TOPIC, first_run="print(2)")
    notes = sync(root).notes
    assert "print('mine')" in texts(work)
    assert "print(2)" in texts(work.with_name("01-gates.new.ipynb"))
    assert any("01-gates.new.ipynb" in note for note in notes)
    assert sync(root).notes == []


def test_an_edited_copy_beside_is_kept_when_a_newer_one_comes(root: Path) -> None:
    edit(root / "work" / TOPIC, first_run="print('mine')")
    edit(root / TOPIC, first_run="print(2)")
    sync(root)
    beside = (root / "work" / TOPIC).with_name("01-gates.new.ipynb")
    edit(beside, first_run="print('mine too')")
    edit(root / TOPIC, first_run="print(3)")
    sync(root)
    assert "print(3)" in texts(beside)
    assert any("mine too" in path.read_text(encoding="utf-8") for path in (root / "work/kept").iterdir())


def test_lab_code_that_was_edited_stays_and_the_new_one_lies_beside_it(root: Path) -> None:
    name = "labs/01-core-python/gate/run.sh"
    (root / "work" / name).write_text("echo mine\n", encoding="utf-8")
    (root / name).write_text("echo theirs\n", encoding="utf-8")
    sync(root)
    assert (root / "work" / name).read_text(encoding="utf-8") == "echo mine\n"
    assert (root / "work/labs/01-core-python/gate/run.new.sh").read_text(encoding="utf-8") == "echo theirs\n"


def test_a_deleted_notebook_comes_back(root: Path) -> None:
    (root / "work" / EXERCISE).unlink()
    assert sync(root).added == [EXERCISE]


def test_a_broken_notebook_is_left_as_it_is_with_a_sentence_and_a_fresh_one_beside_it(root: Path) -> None:
    work = root / "work" / EXERCISE
    work.write_text('{"cells": [', encoding="utf-8")
    edit(root / EXERCISE, head="# New")
    notes = sync(root).notes
    assert work.read_text(encoding="utf-8") == '{"cells": ['
    assert any("not a readable notebook" in note for note in notes)
    assert "# New" in texts(work.with_name("01-gates.new.ipynb"))


def test_answers_stay_when_the_record_of_the_last_copy_is_lost(root: Path) -> None:
    edit(root / "work" / EXERCISE, count_scans_answer=ANSWER)
    shutil.rmtree(root / "work/.course")
    edit(root / EXERCISE, head="# New")
    sync(root)
    assert ANSWER in texts(root / "work" / EXERCISE)
    assert "# New" in texts(root / "work" / EXERCISE)


def test_a_run_cut_off_between_file_and_record_is_finished_by_the_next(root: Path) -> None:
    edit(root / EXERCISE, head="# New")
    shutil.copy(root / EXERCISE, root / "work" / EXERCISE)
    assert sync(root).notes == []
    edit(root / EXERCISE, head="# Newer")
    assert sync(root).updated == [EXERCISE]


def test_a_file_in_the_place_of_work_is_answered_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "work").write_text("not a folder", encoding="utf-8")
    with pytest.raises(CourseError, match=r"work/ cannot be written"):
        sync(tmp_path)


def test_a_folder_in_the_place_of_a_notebook_stops_nothing_else(root: Path) -> None:
    (root / "work" / TOPIC).unlink()
    (root / "work" / TOPIC).mkdir()
    edit(root / TOPIC, head="# New")
    edit(root / EXERCISE, head="# New")
    report = sync(root)
    assert report.updated == [EXERCISE]
    assert any(TOPIC in note for note in report.notes)


def test_reset_restores_the_stub_and_keeps_the_answer(root: Path) -> None:
    work = root / "work" / EXERCISE
    edit(work, count_scans_answer=ANSWER, open_gate_answer="# exercise: core.open-gate\nopened = True")
    copy = reset("core.count-scans", root)
    assert copy is not None
    assert copy.read_text(encoding="utf-8") == ANSWER
    assert STUB in texts(work)
    assert "# exercise: core.open-gate\nopened = True" in texts(work)


def test_reset_takes_copies_of_the_answer_along(root: Path) -> None:
    work = root / "work" / EXERCISE
    edit(work, count_scans_answer=ANSWER)
    save(work, [*cells_of(work), cell("copied", ANSWER.replace("len", "sum"))])
    copy = reset("core.count-scans", root)
    assert copy is not None
    assert "sum(lines)" in copy.read_text(encoding="utf-8")
    assert [text.startswith("# exercise: core.count-scans") for text in texts(work)].count(True) == 1


def test_reset_brings_deleted_cells_of_the_exercise_back(root: Path) -> None:
    work = root / "work" / EXERCISE
    save(work, [each for each in exercise_cells() if "count-scans" not in each["id"]])
    assert reset("core.count-scans", root) is None
    assert [each["id"] for each in cells_of(work)] == [each["id"] for each in exercise_cells()]


def test_reset_of_a_stub_keeps_no_copy(root: Path) -> None:
    assert reset("core.count-scans", root) is None
    assert not (root / "work/kept").exists()


def test_reset_twice_within_a_second_keeps_both_answers(root: Path) -> None:
    kept = []
    for text in ("one", "two"):
        edit(root / "work" / EXERCISE, count_scans_answer=f"# exercise: core.count-scans\n{text} = 1")
        kept.append(reset("core.count-scans", root))
    assert len({path.read_text(encoding="utf-8") for path in kept if path}) == 2


def test_reset_of_an_unknown_exercise_names_the_nearest(root: Path) -> None:
    with pytest.raises(CourseError, match=r"core\.count-scans"):
        reset("core.count-scan", root)


def test_reset_in_a_broken_notebook_changes_nothing(root: Path) -> None:
    work = root / "work" / EXERCISE
    work.write_text("{", encoding="utf-8")
    with pytest.raises(CourseError, match="not a readable notebook"):
        reset("core.count-scans", root)
    assert work.read_text(encoding="utf-8") == "{"
