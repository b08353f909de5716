"""`course check`: the rules for the cells of an exercise, and for the folder that judges it."""

from __future__ import annotations

import pytest

from .conftest import SmallCourse

CODE = "# exercise: core.count-scans\ndef count_scans(lines):\n    return 0\n"


# Its cells in solutions/


def test_the_set_up_cell_is_one_line(small: SmallCourse) -> None:
    small.cell("setup")["source"] = "from course import *"
    assert "exactly `from course import check, progress`" in small.build().found("setup-cell")


@pytest.mark.parametrize("part", ["statement", "hints", "answer", "check"])
def test_a_missing_cell_is_named(small: SmallCourse, part: str) -> None:
    small.build()
    small.solutions["cells"].remove(small.cell(f"count-scans-{part}"))
    assert f"there is no cell count-scans-{part}" in small.write().found("exercise-cells")


def test_a_cell_of_the_wrong_kind_is_named(small: SmallCourse) -> None:
    small.cell("count-scans-statement")["cell_type"] = "raw"
    assert "count-scans-statement is a raw cell; make it markdown" in small.build().found("exercise-cells")


def test_a_cell_without_its_tag_is_named(small: SmallCourse) -> None:
    small.cell("count-scans-check")["metadata"] = {}
    assert "count-scans-check has the tags []; make it ['check']" in small.build().found("exercise-cells")


def test_cells_out_of_order_are_named(small: SmallCourse) -> None:
    cells = small.solutions["cells"]
    cells[3], cells[4] = cells[4], cells[3]
    assert "count-scans-hints stands where count-scans-statement belongs" in small.build().found("exercise-cells")


def test_a_cell_of_no_exercise_is_named(small: SmallCourse) -> None:
    small.solutions["cells"].append({**small.cell("setup"), "id": "notes"})
    assert "cell notes belongs to no exercise" in small.build().found("exercise-cells")


def test_a_helper_cell_of_an_exercise_is_fine(small: SmallCourse) -> None:
    small.solutions["cells"].insert(4, {**small.cell("setup"), "id": "count-scans-sample", "source": "lines = []"})
    assert small.build().found("exercise-cells") == ""


@pytest.mark.parametrize("words", [99, 251])
def test_a_statement_has_100_to_250_words(small: SmallCourse, words: int) -> None:
    small.cell("count-scans-statement")["source"] = "word " * words
    assert f"stated in {words} words" in small.build().found("statement")


def test_a_block_of_code_is_no_word_of_a_statement(small: SmallCourse) -> None:
    small.cell("count-scans-statement")["source"] = "word " * 250 + "\n\n```python\na b c\n```\n"
    assert small.build().found("statement") == ""


@pytest.mark.parametrize("number", [1, 4])
def test_there_are_two_or_three_hints(small: SmallCourse, number: int) -> None:
    details = "<details><summary>Hint</summary>\n\nLook up.\n\n</details>\n"
    small.cell("count-scans-hints")["source"] = details * number
    assert f"has {number} hints" in small.build().found("hints")


def test_a_hint_has_at_most_45_words(small: SmallCourse) -> None:
    hint = small.cell("count-scans-hints")
    hint["source"] = hint["source"].replace("\n\n</details>", f" {'word ' * 40}\n\n</details>", 1)
    assert "hint 1 of core.count-scans has 60 words" in small.build().found("hints")


def test_an_answer_cell_opens_with_its_id(small: SmallCourse) -> None:
    small.build()
    small.cell("count-scans-answer")["source"] = "# exercise: core.count-gates\npass"
    assert "opens with exactly `# exercise: core.count-scans`" in small.write().found("answer-cell")


def test_an_answer_that_is_a_file_opens_with_our_magic(small: SmallCourse) -> None:
    small.build()
    small.cell("count-scans-answer")["source"] = "%%answer core.count-scans Dockerfile\nFROM scratch"
    assert small.write().found("answer-cell") == ""


def test_a_check_cell_is_one_line(small: SmallCourse) -> None:
    small.cell("count-scans-check")["source"] = "check('core.count-scans')"
    assert 'exactly `check("core.count-scans")`' in small.build().found("check-cell")


def test_an_answer_stands_in_its_own_cell(small: SmallCourse) -> None:
    answer = {**small.cell("count-scans-answer"), "id": "count-scans-second"}
    answer["source"] = answer["source"].replace("core.count-scans", "core.lock")
    small.solutions["cells"].append(answer)
    assert "cell count-scans-second opens as an answer and is none" in small.build().found("exercise-cells")


def test_a_given_cell_comes_from_a_file(small: SmallCourse) -> None:
    given = {**small.cell("setup"), "id": "count-scans-given", "metadata": {"tags": ["given"]}}
    small.solutions["cells"].insert(5, given)
    assert "given.py, which is missing" in small.build().found("exercise-cells")


# Its folder


@pytest.mark.parametrize("part", ["public", "withheld"])
def test_an_exercise_has_public_and_withheld_checks(small: SmallCourse, part: str) -> None:
    for name in [name for name in small.files if f"/{part}/" in name]:
        del small.files[name]
    assert f"{small.folder}: exercise-folder: {part}/ holds no test_*.py" in small.build().found("exercise-folder")


def test_a_check_file_is_python(small: SmallCourse) -> None:
    small.files[f"{small.folder}/public/test_scans.py"] += "\ndef test_:\n"
    assert "it is no Python" in small.build().found("exercise-folder")


@pytest.mark.parametrize("number", [5, 16])
def test_an_exercise_has_six_to_fifteen_checks(small: SmallCourse, number: int) -> None:
    del small.files[f"{small.folder}/withheld/test_scans_more.py"]
    checks = [f'def test_{n}():\n    """It holds."""\n    assert 1 == 1\n' for n in range(number)]
    small.files[f"{small.folder}/public/test_scans.py"] = "\n".join(checks)
    assert f"there are {number} checks" in small.build().found("check-count")


def test_two_checks_of_one_name_are_named(small: SmallCourse) -> None:
    small.build().edit(f"{small.folder}/withheld/test_scans_more.py", "test_more_1(", "test_rule_1(")
    assert "test_rule_1 is there twice" in small.found("check-name")


def test_a_check_says_what_holds(small: SmallCourse) -> None:
    small.build().edit(f"{small.folder}/public/test_scans.py", '"""Rule 1 of the gate holds."""', "pass")
    assert "test_rule_1 has no docstring" in small.found("check-docstring")


def test_a_check_takes_no_name_out_of_the_stand_in(small: SmallCourse) -> None:
    small.build().edit(f"{small.folder}/public/test_scans.py", "import answer", "from answer import count_scans")
    assert "write `import answer`" in small.found("check-import")


@pytest.mark.parametrize("settings", ["time: soon\n", "times: 2\n", "time: -1\n", "- time\n", "time: [\n"])
def test_settings_that_are_not_known_are_named(small: SmallCourse, settings: str) -> None:
    small.files[f"{small.folder}/exercise.yml"] = settings
    assert f"{small.folder}/exercise.yml: exercise-settings: " in small.build().found("exercise-settings")


def test_limits_are_settings(small: SmallCourse) -> None:
    small.files[f"{small.folder}/exercise.yml"] = "# Slow by nature.\ntime: 2.5\nmemory: 256\n"
    assert small.build().found("exercise-settings") == ""


def test_two_wrong_answers_are_too_few(small: SmallCourse) -> None:
    del small.files[f"{small.folder}/wrong/mistake_2.py"]
    assert "there are 2 wrong answers" in small.build().found("wrong-answers")


@pytest.mark.parametrize(
    ("opening", "problem"),
    [
        ("", "open it with"),
        ("# Mistake.\n# fails: test_rule_0\n", "open it with"),
        ("# Mistake.\n# says: closes at\n# fails: test_rule_0\n", "open it with"),
        (
            "# Mistake.\n# fails: test_rule_0, test_gone\n# says: closes at\n",
            "it is to fail test_gone, and there is no",
        ),
    ],
)
def test_a_wrong_answer_announces_what_it_fails(small: SmallCourse, opening: str, problem: str) -> None:
    small.files[f"{small.folder}/wrong/mistake_1.py"] = opening + CODE
    assert f"wrong/mistake_1.py: wrong-answers: {problem}" in small.build().found("wrong-answers")


def test_a_wrong_answer_that_is_to_fail_everything_is_refused(small: SmallCourse) -> None:
    every = ", ".join(f"test_{kind}_{n}" for kind in ("rule", "more") for n in range(6))
    small.files[f"{small.folder}/wrong/mistake_1.py"] = f"# Mistake.\n# fails: {every}\n# says: closes\n{CODE}"
    assert "it is to fail every check" in small.build().found("wrong-answers")


@pytest.mark.parametrize(("folder", "rule"), [("wrong", "wrong-answers"), ("alternatives", "alternatives")])
def test_an_answer_in_a_file_names_its_exercise(small: SmallCourse, folder: str, rule: str) -> None:
    name = next(name for name in small.files if f"/{folder}/" in name)
    small.files[name] = small.files[name].replace("core.count-scans", "core.count-gates")
    assert f"{name}: {rule}: it has no line `# exercise: core.count-scans`" in small.build().found(rule)


def test_level_2_needs_another_solution(small: SmallCourse) -> None:
    del small.files[f"{small.folder}/alternatives/loop.py"]
    assert "level 2 needs another algorithm" in small.build().found("alternatives")


def test_level_1_does_not(small: SmallCourse) -> None:
    del small.files[f"{small.folder}/alternatives/loop.py"]
    small.topic["exercises"][0]["level"] = 1
    assert small.build().found("alternatives") == ""


def test_an_alternative_says_what_is_different(small: SmallCourse) -> None:
    small.files[f"{small.folder}/alternatives/loop.py"] = CODE
    assert "a comment line that says what is different" in small.build().found("alternatives")
