"""Terminal, HTML and JSON show the same result, and whatever a submission wrote is inert in each."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from course.judging import render
from course.judging.result import ENDED, Check, ExerciseResult, Place, Verdict, exercise_from_json, safe

PASSED = Check("test_a", "A scan names gate and ticket.", "public", 1, "PASS")
FAILED = Check(
    "test_b", "A gate does not guess.", "public", 2, "FAIL", "scan('G7')", "('G7', None)", "raises ValueError",
    "a gate that guesses lets strangers in", "scanning G7\n", Place("cell 4", 3, "return gate, None"),
)  # fmt: skip
UNCHECKED = Check("test_c", "The log is kept.", "public", 1, "UNCHECKED", why="no database here")
RESULT = ExerciseResult("gate.scan", True, (PASSED, FAILED), ("There are 2 cells for this exercise.",))
HOSTILE = [
    "<script>alert(1)</script>", "</code></dd></section><img src=x onerror=alert(1)>", "\"' onmouseover=alert(1) x='",
    "<!--", "]]>", "&lt;b&gt;", "javascript:alert(1)", "{{ 7 * 7 }}", "</style><style>*{display:none}",
]  # fmt: skip


def ended(verdict: Verdict) -> ExerciseResult:
    return ExerciseResult("gate.scan", True, (PASSED, replace(FAILED, verdict=verdict)))


class Seen(HTMLParser):
    """The text and the tags of a page, as a browser reads them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.tags, self.attributes = "", [], []
        self.hidden = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        self.hidden = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self.hidden = False

    def handle_data(self, data: str) -> None:
        self.text += "" if self.hidden else data


def words(text: str) -> str:
    return " ".join(text.split())


# -- the same everywhere


@pytest.mark.parametrize("fact", ["description", "call", "got", "expected", "why"])
def test_terminal_html_and_json_tell_the_same(fact: str) -> None:
    value = getattr(FAILED, fact)
    assert value in render.as_text(RESULT)
    assert value in Seen(render.as_html(RESULT)).text
    assert value in json.loads(render.as_json(RESULT))["checks"][1][fact]


@pytest.mark.parametrize(
    "told", ["scanning G7", "cell 4, line 3: return gate, None", "There are 2 cells for this exercise.", "gate.scan"]
)
def test_terminal_and_html_tell_what_was_printed_where_and_the_remarks(told: str) -> None:
    assert told in words(render.as_text(RESULT))
    assert told in words(Seen(render.as_html(RESULT)).text)


@pytest.mark.parametrize("public_only", [True, False])
def test_terminal_and_html_have_the_same_headline(public_only: bool) -> None:
    line = render.headline(RESULT, public_only)
    assert line in render.as_text(RESULT, public_only)
    assert line in Seen(render.as_html(RESULT, public_only=public_only)).text


def test_json_gives_the_result_back() -> None:
    data = json.loads(render.as_json(RESULT))
    assert data.pop("verdict") == "FAIL"
    assert exercise_from_json(data) == RESULT


def test_a_check_that_passed_shows_its_description_only() -> None:
    loud = replace(PASSED, call="scan(1)", got="2", printed="psst")
    for page in (
        render.as_text(ExerciseResult("a.b", True, (loud,))),
        Seen(render.as_html(ExerciseResult("a.b", True, (loud,)))).text,
    ):
        assert "scan(1)" not in page
        assert "psst" not in page


# -- three levels, never mixed


def test_failed_not_attempted_and_could_not_be_checked_read_differently() -> None:
    failed, open_, unchecked = (
        render.as_text(r)
        for r in (RESULT, replace(RESULT, attempted=False), ExerciseResult("gate.scan", True, (PASSED, UNCHECKED)))
    )
    assert "1 of 2 checks pass." in failed
    assert "Not attempted: the answer is still the one that was given." in open_
    assert "Could not be checked, which is no fault of your answer." in unchecked


def test_marks_tell_failed_not_attempted_and_could_not_be_checked_apart() -> None:
    assert "  ✘ A gate does not guess." in render.as_text(RESULT)
    assert "  · A gate does not guess." in render.as_text(replace(RESULT, attempted=False))
    assert "  ? The log is kept. (could not be checked)" in render.as_text(
        ExerciseResult("gate.scan", True, (UNCHECKED,))
    )


def test_what_was_not_attempted_shows_no_failure() -> None:
    result = replace(RESULT, attempted=False, checks=(PASSED, replace(FAILED, verdict="TIMEOUT")))
    for page in (render.as_text(result), Seen(render.as_html(result)).text):
        assert "✘" not in page
        assert "a gate that guesses" not in page
        assert "ran out of time" not in page


@pytest.mark.parametrize("fact", ["description", "why"])
def test_backticks_in_a_sentence_mark_code(fact: str) -> None:
    page = render.as_html(ExerciseResult("gate.scan", True, (replace(FAILED, **{fact: "`scan` asks `a < b`."}),)))
    assert "<code>scan</code> asks <code>a &lt; b</code>." in page


def test_a_reader_who_hears_the_page_is_told_what_the_marks_say() -> None:
    page = render.as_html(ExerciseResult("gate.scan", True, (PASSED, FAILED, UNCHECKED)))
    assert [f'aria-label="{label}"' in page for label in ("passes", "fails", "open")] == [True] * 3


def test_an_exercise_without_checks_could_not_be_checked() -> None:
    nothing = ExerciseResult("gate.scan", True, (), ("There are no checks for it here.",))
    assert render.headline(nothing) == "Could not be checked."
    assert (nothing.passed, nothing.settled, nothing.fraction) == (False, False, 0.0)


def test_an_exercise_without_an_answer_cell_is_not_attempted() -> None:
    missing = ExerciseResult("gate.scan", False, (), ("There is no answer cell for this exercise.",))
    assert "Not attempted" in render.headline(missing)
    assert "There is no answer cell" in render.as_text(missing)


@pytest.mark.parametrize("verdict", list(ENDED))
def test_an_early_end_is_told_in_words(verdict: Verdict) -> None:
    for page in (render.as_text(ended(verdict)), Seen(render.as_html(ended(verdict))).text):
        assert f"1 of 2 checks pass; your code {ENDED[verdict]}." in page


@pytest.mark.parametrize("checks", [(PASSED,), (PASSED, PASSED), (PASSED, FAILED), (FAILED,), (UNCHECKED,), ()])
@pytest.mark.parametrize("attempted", [True, False])
def test_nothing_is_called_all_or_solved_while_withheld_checks_are_to_come(
    checks: tuple[Check, ...], attempted: bool
) -> None:
    said = words(render.headline(ExerciseResult("gate.scan", attempted, checks), public_only=True)).lower()
    assert "all " not in said
    assert "solved" not in said


def test_public_checks_that_pass_name_what_is_to_come() -> None:
    assert render.headline(ExerciseResult("a.b", True, (PASSED,)), public_only=True) == (
        "1 of 1 public checks pass. Grading adds withheld checks."
    )


def test_solved_is_said_when_everything_passed() -> None:
    assert render.headline(ExerciseResult("a.b", True, (PASSED, PASSED))) == "Solved: 2 of 2 checks pass."


# -- hostile text


@pytest.mark.parametrize("text", HOSTILE)
def test_a_pages_tags_do_not_depend_on_what_a_submission_wrote(text: str) -> None:
    def page(t: str) -> Seen:
        check = replace(
            FAILED, name=t, description=t, call=t, got=t, expected=t, why=t, printed=t, place=Place(t, 1, t)
        )
        return Seen(render.as_html(ExerciseResult("gate.scan", True, (check,), (t,)), (t,)))

    plain, hostile = page("x"), page(text)
    assert hostile.tags == plain.tags
    assert hostile.attributes == plain.attributes
    assert words(hostile.text).count(words(text)) >= 7, "it is there, as text"


def test_a_page_asks_no_other_host_and_runs_no_script() -> None:
    page = render.as_html(RESULT)
    for word in ("http:", "https:", "src=", "href=", "<script", "url(", "@import"):
        assert word not in page


def test_a_line_of_the_terminal_is_one_line() -> None:
    check = replace(FAILED, got="a\n\nCourse: all passed\n::error::x")
    lines = render.as_text(ExerciseResult("gate.scan", True, (check,))).splitlines()
    assert not any(line.startswith(("Course", "::")) for line in lines)


# -- the one sanitiser


@pytest.mark.parametrize(
    "bad", ["\x1b[31m", "\x07", "\x00", "\r", "\x9b2J", "\u202e", "\u2066", "\u200f", "\ufeff", "\ud800", "\u2028",
     "\ue000", "\U000e0041"],
    ids=ascii,
)  # fmt: skip
def test_control_and_direction_characters_become_visible(bad: str) -> None:
    assert safe(f"a{bad}b") == "a" + "".join(c if c.isprintable() else "\ufffd" for c in bad) + "b"


def test_ordinary_text_stays_as_it_is() -> None:
    text = "Zürich 🎫 row B\n\tseat 7 :: a[::2] 日本 ß"
    assert safe(text) == text


@pytest.mark.parametrize(
    "command",
    [
        "::error::x",
        "  ::set-output name=a::b",
        "fine\n::stop-commands::x",
        "a\n  ::error::x",
        "##[error]x",
        "x\n##vso[task]y",
    ],
)
def test_lines_that_a_build_server_obeys_are_broken(command: str) -> None:
    for line in safe(command).splitlines():
        assert not line.lstrip().startswith(("::", "##[", "##vso["))


def test_long_text_keeps_its_beginning_and_its_end() -> None:
    shown = safe("begin" + "x" * 10_000 + "end", 200)
    assert len(shown) <= 200
    assert shown.startswith("begin")
    assert shown.endswith("end")


def test_what_is_no_text_is_shown_as_text() -> None:
    assert safe(ValueError("x")) == "x"
