"""`course check`: figures of style, which warn."""

from __future__ import annotations

import copy

import pytest

from course import notebook

from .conftest import SmallCourse


def filler(number: int) -> list[notebook.NotebookCell]:
    """Return so many short cells."""
    return [notebook.markdown(f"more-{n}", f"Gate {n} opens at nine.") for n in range(number)]


@pytest.mark.parametrize("number", [24, 51])
def test_25_to_50_cells_are_usual(small: SmallCourse, number: int) -> None:
    cells = small.reading["cells"]
    cells[-3:-3] = filler(number - len(cells))
    del cells[5 : max(5, 5 + len(cells) - number)]
    assert f"it has {number} cells" in small.build().found("cells")


@pytest.mark.parametrize("words", [100, 3000])
def test_1200_to_2500_words_are_usual(small: SmallCourse, words: int) -> None:
    for cell in small.reading["cells"]:
        if cell["id"].startswith("why-"):
            cell["source"] = "word " * (words // 14)
    assert "words; 1,200 to 2,500 are usual" in small.build().found("words")


def test_a_very_long_text_is_named(small: SmallCourse) -> None:
    small.cell("why-3")["source"] = "word " * 181
    assert "the longest markdown cell has 181 words" in small.build().found("markdown-length")


def test_long_texts_throughout_are_named(small: SmallCourse) -> None:
    for number in range(1, 15):
        small.cell(f"why-{number}")["source"] = "word " * 91
    assert "half of the markdown cells have over 91 words" in small.build().found("markdown-length")


def test_a_very_long_program_is_named(small: SmallCourse) -> None:
    small.cell("run-3")["source"] = "scans = 1\n" * 31
    assert "the longest code cell has 31 lines" in small.build().found("code-length")


def test_long_programs_throughout_are_named(small: SmallCourse) -> None:
    for number in range(1, 15):
        small.cell(f"run-{number}")["source"] = "scans = 1\n" * 10
    assert "half of the code cells have over 10 lines" in small.build().found("code-length")


def more_topics(small: SmallCourse, number: int) -> list[list[notebook.NotebookCell]]:
    """Add topics that read like the first; return their cells."""
    pages = []
    for n in range(3, 3 + number):
        stem, slug = f"{n:02}-gates", f"count-{n}"
        exercise = {**small.topic["exercises"][0], "id": f"core.{slug}"}
        small.index["chapters"][0]["topics"].append({**small.topic, "stem": stem, "exercises": [exercise]})
        cells = copy.deepcopy(small.reading["cells"])
        pages.append(cells)
        small.put(f"notebooks/01-core-python/{stem}.ipynb", notebook.text(notebook.blank(cells)))
    return pages


def test_a_topic_that_opens_like_another_is_named(small: SmallCourse) -> None:
    more_topics(small, 1)
    said = small.write().found("opening")
    assert "notebooks/01-core-python/03-gates.ipynb: opening: it shares 100% of its opening's word triples" in said
    assert "course.yml: opening: openings share 100.0% of their word triples" in said


def test_five_topics_of_one_size_are_too_much_alike(small: SmallCourse) -> None:
    more_topics(small, 4)
    said = small.write().found("variation")
    assert "the numbers of words vary by 0.00 of their mean" in said
    assert "the numbers of cells vary by 0.00 of their mean" in said


def test_four_topics_of_one_size_may_be_chance(small: SmallCourse) -> None:
    more_topics(small, 3)
    assert small.write().found("variation") == ""


def test_praise_is_counted(small: SmallCourse) -> None:
    small.cell("why-3")["source"] += " An amazing, elegant and seamless gate."
    assert "3 words of praise (amazing, elegant, seamless)" in small.build().found("hype")


@pytest.mark.parametrize(
    "words", ["simply", "Just", "powerful", "robust", "In this notebook you will", "In this notebook, you'll"]
)
def test_words_that_talk_down_are_named_with_their_cell(small: SmallCourse, words: str) -> None:
    small.cell("why-3")["source"] += f" {words} see."
    assert f"cell why-3 says {words.lower()!r}" in small.build().found("wording")


def test_such_words_in_code_or_in_longer_words_are_fine(small: SmallCourse) -> None:
    small.cell("why-3")["source"] += " `just` adjusts justice.\n\n```\njust simply\n```\n"
    assert small.build().found("wording") == ""


def test_pages_and_statements_are_read_too(small: SmallCourse) -> None:
    small.cell("count-scans-statement")["source"] += " It is simply a count."
    small.files["book/start.md"] += "Just start.\n"
    said = small.build().found("wording")
    assert "book/start.md: wording: it says 'just'" in said
    assert f"{small.source}: wording: cell count-scans-statement says 'simply'" in said


def test_a_hint_that_repeats_the_statement_is_named(small: SmallCourse) -> None:
    statement = small.cell("count-scans-statement")["source"]
    details = f"<details><summary>Hint</summary>\n\n{' '.join(statement.split()[:40])}\n\n</details>\n"
    small.cell("count-scans-hints")["source"] = details * 2
    assert "of the hints of count-scans stand in its statement too" in small.build().found("hint-repeats")


@pytest.mark.parametrize(
    "body",
    ["pass", "answer.count_scans([])", "assert answer.count_scans([]) is not None", "assert answer", "assert True"],
)
def test_a_check_that_asserts_nothing_is_named(small: SmallCourse, body: str) -> None:
    name = f"{small.folder}/public/test_scans.py"
    small.files[name] += f'\n\ndef test_weak():\n    """It holds."""\n    {body}\n'
    assert f"{name}: assertions: test_weak asserts nothing" in small.build().found("assertions")


@pytest.mark.parametrize(
    "body", ["with pytest.raises(ValueError):\n        answer.f()", "holds(answer.f())", "pytest.fail('no')"]
)
def test_an_expected_error_and_a_helper_that_asserts_are_assertions(small: SmallCourse, body: str) -> None:
    helper = "\n\ndef holds(value):\n    assert value == 1\n"
    small.files[f"{small.folder}/public/test_scans.py"] += f'{helper}\n\ndef test_it():\n    """It."""\n    {body}\n'
    assert small.build().found("assertions") == ""


def test_the_courses_own_tests_are_held_to_the_same(small: SmallCourse) -> None:
    small.files["tests/course/test_gate.py"] = "def test_gate():\n    open_gate()\n"
    assert "tests/course/test_gate.py: assertions: test_gate" in small.build().found("assertions")


# The parts that no topic goes without


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("At 22:51 gate 7 opened. Why?", "has 6 words"),
        ("word " * 130 + "7?", "has 131 words"),
        ("word " * 70 + "why?", "has no number"),
        ("word " * 70 + "at 22:51.", "does not end in a question"),
    ],
)
def test_the_incident_is_short_has_numbers_and_ends_in_a_question(
    small: SmallCourse, source: str, problem: str
) -> None:
    small.cell("incident")["source"] = source
    assert problem in small.build().found("incident")


def test_fewer_than_three_predictions_are_too_few(small: SmallCourse) -> None:
    for number in (1, 2):
        cell = small.cell(f"why-{number}")
        cell["source"] = cell["source"].replace("**Predict:**", "Guess:")
    assert "it asks 2 times for a prediction" in small.build().found("predict")


def test_a_topic_in_which_nothing_fails_is_named(small: SmallCourse) -> None:
    small.cell("run-1")["source"] = "scans = 1"
    assert "nothing fails in it" in small.build().found("failure")


def test_a_cell_that_raises_is_a_failure(small: SmallCourse) -> None:
    small.cell("run-1")["source"] = "1 / 0"
    small.cell("run-1")["metadata"] = {"tags": ["raises-exception"]}
    assert small.build().found("failure") == ""


@pytest.mark.parametrize(
    ("old", "problem"), [("Do not use it when", "no table of costs"), ("Rejected", "no alternative is rejected")]
)
def test_costs_and_a_rejected_alternative_are_asked_for(small: SmallCourse, old: str, problem: str) -> None:
    small.cell("costs")["source"] = small.cell("costs")["source"].replace(old, "Else")
    assert problem in small.build().found("costs")


def test_a_pitfall_links_to_where_it_is_seen(small: SmallCourse) -> None:
    small.cell("pitfalls")["source"] += "* The gate may stand open all night.\n"
    assert "“The gate may stand open all …” links to no cell" in small.build().found("pitfalls")


def test_pitfalls_are_a_list_of_their_own(small: SmallCourse) -> None:
    small.cell("pitfalls")["source"] = "Mind the gate."
    assert "no list under a heading “Pitfalls”" in small.build().found("pitfalls")


@pytest.mark.parametrize(("old", "new"), [("Source", "Thanks"), ("https://example.org", "../../README.md")])
def test_a_primary_source_is_linked(small: SmallCourse, old: str, new: str) -> None:
    small.cell("closing")["source"] = small.cell("closing")["source"].replace(old, new)
    assert "no primary source is linked" in small.build().found("source")


def test_the_last_cell_says_what_is_still_unsafe(small: SmallCourse) -> None:
    small.cell("closing")["source"] = small.cell("closing")["source"].replace("unsafe", "open")
    assert "the last cell does not" in small.build().found("closing")
