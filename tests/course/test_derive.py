"""Deriving exercises: what the student sees, and everything that is refused."""

from __future__ import annotations

import textwrap

import pytest

from course import notebook
from course.authoring.derive import derive, split
from course.errors import CourseError
from course.notebook import NotebookCell, code, markdown

ANSWER = '''
    # exercise: core.count-scans
    def count_scans(lines: list[str]) -> int:
        """Return how many lines are scans."""
        ### BEGIN SOLUTION
        return sum(line.startswith("SCAN") for line in lines)
        ### END SOLUTION
'''
REPAIR = '''
    # exercise: core.count-scans
    def count_scans(lines: list[str]) -> int:
        """Return how many lines are scans."""
        ### BEGIN STUB
        # total = 0
        # for line in lines:
        #     total += "SCAN" in line
        # return total
        ### END STUB
        ### BEGIN SOLUTION
        return sum(line.startswith("SCAN") for line in lines)
        ### END SOLUTION
'''
REFERENCE = 'return sum(line.startswith("SCAN") for line in lines)'


def cell(source: str, *tags: str, name: str = "scans-answer") -> NotebookCell:
    """Return a code cell, dedented."""
    return code(name, textwrap.dedent(source).strip(), *tags)


def derived(*cells: NotebookCell) -> list[NotebookCell]:
    """Return the cells of the derived notebook."""
    return list(derive(notebook.blank(list(cells)), "solutions/gates.ipynb")["cells"])


def refusal(*cells: NotebookCell) -> str:
    """Return why these cells are refused."""
    with pytest.raises(CourseError) as caught:
        derived(*cells)
    return str(caught.value)


def answer(body: str) -> NotebookCell:
    """Return an answer cell with this body, indented as it stands."""
    return code("scans-answer", f"# exercise: core.count-scans\n{textwrap.dedent(body).strip()}", "answer")


# What the student sees


def test_the_student_sees_signature_docstring_and_one_statement_in_place_of_the_reference() -> None:
    [shown] = derived(cell(ANSWER, "answer"))
    assert shown["source"].splitlines() == [
        "# exercise: core.count-scans",
        "def count_scans(lines: list[str]) -> int:",
        '    """Return how many lines are scans."""',
        "    raise NotImplementedError",
    ]


def test_the_student_of_a_repair_sees_the_stub_instead() -> None:
    [shown] = derived(cell(REPAIR, "answer"))
    assert shown["source"].splitlines()[3:] == [
        "    total = 0",
        "    for line in lines:",
        '        total += "SCAN" in line',
        "    return total",
    ]


def test_a_cell_may_hold_several_regions_where_statements_may_stand() -> None:
    [shown] = derived(
        answer("""
            def open_gate(gate):
                ### BEGIN SOLUTION
                gate.open = True
                ### END SOLUTION

            def close_gate(gate):
                if gate.open:
                    ### BEGIN SOLUTION
                    gate.open = False
                    ### END SOLUTION
            """)
    )
    raising = [line for line in shown["source"].splitlines() if "raise" in line]
    assert raising == ["    raise NotImplementedError", "        raise NotImplementedError"]


@pytest.mark.parametrize(
    "body",
    [
        "### BEGIN SOLUTION\nlimit = 400\n### END SOLUTION",
        'class Gate:\n    """A gate."""\n\n    ### BEGIN SOLUTION\n    limit = 400\n    ### END SOLUTION',
        "class Gate:\n    id: str = ''\n\n    ### BEGIN SOLUTION\n    limit = 400\n    ### END SOLUTION",
    ],
)
def test_a_cell_that_leaves_out_names_or_methods_still_runs(body: str) -> None:
    [shown] = derived(answer(body))
    exec(shown["source"], {})
    assert "limit" not in shown["source"] and "..." in shown["source"]


def test_everything_else_stays_as_it_is() -> None:
    given, text = code("scans-given", "# given: core.count-scans\nHALL = 400", "given"), markdown("text", "Count.")
    cells = derived(text, given, cell(ANSWER, "answer"), code("scans-check", 'check("core.count-scans")', "check"))
    assert cells[0] == text and cells[1] == given
    assert [each["id"] for each in cells] == ["text", "scans-given", "scans-answer", "scans-check"]


def test_the_source_is_not_changed() -> None:
    source = cell(ANSWER, "answer")
    before = dict(source)
    derived(source)
    assert source == before


def test_what_was_removed_is_returned_by_region() -> None:
    shown, removed = split("### BEGIN SOLUTION\na = 1\n### END SOLUTION\nb = 2", "here")
    assert (shown, removed) == ("...\nb = 2", ["a = 1\n"])


# Markers


@pytest.mark.parametrize(
    "line",
    [
        "### BEGIN SOLUTON",
        "### BEGIN  SOLUTION",
        "### begin solution",
        "# BEGIN SOLUTION",
        "#BEGIN SOLUTION",
        "### END-SOLUTION",
        "## END SOLUTION",
        "### BEGIN HIDDEN TESTS",
        "### BEGIN SOLUTION of the second part of it",
        "# SOLUTION",
        "return 1  ### BEGIN SOLUTION",
        "### Solution begins",
    ],
)
@pytest.mark.parametrize("place", ["inside an answer", "outside of any"])
def test_what_resembles_a_marker_and_is_none_is_refused(line: str, place: str) -> None:
    if place == "inside an answer":
        said = refusal(answer(f"### BEGIN SOLUTION\na = 1\n{line}\n### END SOLUTION"))
        assert f"cell scans-answer, line 4: {line!r} looks like a marker and is none" in said
    else:
        said = refusal(code("helper", f"a = 1\n{line}"))
        assert f"cell helper, line 2: {line!r} outside an answer cell" in said


@pytest.mark.parametrize(
    "comment", ["# the gate opens at nine", "# a solution in two lines, by hand", "#: int", "x = 1"]
)
def test_an_ordinary_comment_resembles_no_marker(comment: str) -> None:
    assert derived(code("helper", comment))[0]["source"] == comment


@pytest.mark.parametrize("kind", ["code", "markdown"])
def test_a_marker_outside_an_answer_cell_is_refused(kind: str) -> None:
    make = code if kind == "code" else markdown
    assert "outside an answer cell" in refusal(make("helper", "### BEGIN SOLUTION\na = 1\n### END SOLUTION"))


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("### BEGIN SOLUTION\na = 1", "### BEGIN SOLUTION is never closed"),
        ("### BEGIN STUB\n# a = 1", "### BEGIN STUB is never closed"),
        ("a = 1\n### END SOLUTION", "### END SOLUTION closes nothing"),
        ("### BEGIN SOLUTION\na = 1\n### END STUB", "### END STUB closes nothing"),
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION", "### BEGIN SOLUTION inside ### BEGIN SOLUTION"),
        ("### BEGIN SOLUTION\n### BEGIN STUB", "### BEGIN STUB inside ### BEGIN SOLUTION"),
        ("### BEGIN STUB\n### BEGIN SOLUTION", "### BEGIN SOLUTION inside ### BEGIN STUB"),
        ("### BEGIN STUB\n# a = 1\n### END STUB", "### BEGIN STUB is never followed by a solution"),
        ("### BEGIN STUB\n# a = 1\n### END STUB\nb = 1", "after ### END STUB comes ### BEGIN SOLUTION, found 'b = 1'"),
        ("### BEGIN STUB\n# a\n### END STUB\n### BEGIN STUB", "a second ### BEGIN STUB"),
        ("### BEGIN STUB\na = 1\n### END STUB", "every line of a stub is commented out with `# `, found 'a = 1'"),
    ],
)
def test_unbalanced_nested_or_misplaced_regions_are_refused(body: str, why: str) -> None:
    assert why in refusal(answer(body))


# Answer cells


@pytest.mark.parametrize(
    "body", ["return_value = 1", "### BEGIN SOLUTION\n### END SOLUTION", "### BEGIN SOLUTION\n\n### END SOLUTION"]
)
def test_an_answer_that_hides_nothing_is_refused(body: str) -> None:
    assert "cell scans-answer: the answer hides nothing" in refusal(answer(body))


def test_two_answers_to_one_exercise_are_refused() -> None:
    again = cell(ANSWER, "answer", name="again")
    assert "two cells are the answer to core.count-scans" in refusal(cell(ANSWER, "answer"), again)


@pytest.mark.parametrize("first", ["", "# exercice: core.count-scans\n", "# Exercise core.count-scans\n"])
def test_an_answer_cell_without_its_first_line_is_refused(first: str) -> None:
    said = refusal(code("scans-answer", f"{first}count = 1", "answer"))
    assert "cell scans-answer: it is tagged `answer`; its first line must be" in said


# Leaks


@pytest.mark.parametrize(
    "text",
    [
        f"Use `{REFERENCE}`.",
        f"```python\n{REFERENCE}\n```",
        f"<details><summary>Hint</summary>\n\n{REFERENCE}\n\n</details>",
        f"The reader's hint: {REFERENCE}",
        f"Don't write `{REFERENCE}`, that's too slow.",
        "return sum(line.startswith('SCAN')\n    for line\n    in lines)",
    ],
)
def test_eight_tokens_of_the_reference_in_a_text_are_refused(text: str) -> None:
    said = refusal(markdown("scans-hints", text), cell(ANSWER, "answer"))
    assert "cell scans-hints: " in said and "stands in the reference too; say it in other words" in said


def test_a_leak_in_a_cell_of_code_is_refused() -> None:
    assert "cell helper: " in refusal(cell(ANSWER, "answer"), code("helper", f"def old(lines):\n    {REFERENCE}"))


def test_seven_tokens_are_fine() -> None:
    assert len(derived(markdown("scans-hints", "`sum(line.startswith(`"), cell(ANSWER, "answer"))) == 2


def test_what_the_stub_shows_anyway_may_be_said_again() -> None:
    body = REPAIR.replace(
        'return sum(line.startswith("SCAN") for line in lines)',
        'total = 0\n        for line in lines:\n            total += "SCAN" == line[:4]\n        return total',
    )
    assert (
        len(derived(markdown("scans-hints", '`total = 0; for line in lines: total += "SCAN"`'), cell(body, "answer")))
        == 2
    )


def test_what_is_given_may_be_in_the_reference() -> None:
    given = code("scans-given", f"def slow(lines):\n    {REFERENCE}", "given")
    assert len(derived(given, cell(ANSWER, "answer"))) == 2


def test_the_leak_of_one_exercise_in_the_hints_of_another_is_refused() -> None:
    other = cell(ANSWER.replace("core.count-scans", "core.lock").replace("SCAN", "LOCK"), "answer", name="lock-answer")
    hint = markdown("lock-hints", REFERENCE)
    assert "cell lock-hints: " in refusal(cell(ANSWER, "answer"), hint, other)
