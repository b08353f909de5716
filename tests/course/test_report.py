"""Pages tell what a report holds, to each reader what is theirs, and whatever a submission wrote is inert in them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from course import index
from course.errors import CourseError
from course.grading import standing
from course.judging.result import Report, to_json
from course.reports import page_student as report_student
from course.reports import pages as report
from course.reports.misconceptions import Known
from course.reports.pages import file_name, look, percent, points, signed
from course.reports.similar import Pair, Passage

from .sample_report import HOSTILE, MONEY, NAMES, SEATS, check, exercise, graded, hostile, submission


class Seen(HTMLParser):
    """A page as a browser reads it: its text, its tags and their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.tags, self.attributes, self.style = "", [], [], False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self.style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self.style = False

    def handle_data(self, data: str) -> None:
        self.text += "" if self.style else f"{data} "


def pages(results: Report, folder: Path, **more: object) -> dict[str, str]:
    """Write a report's pages; return them by the student's name, the class's by ""."""
    weights = standing.weights(results, index.load())
    report.write(results, folder, weights, **more)  # type: ignore[arg-type]
    told = {each.student: folder / f"students/{file_name(each.student)}.html" for each in standing.gather(results)}
    return {name: path.read_text("utf-8") for name, path in {"": folder / "class.html", **told}.items()}


def words(page: str) -> str:
    return " ".join(Seen(page).text.split())


def one(*checks, **more) -> Report:
    return Report((submission("Ada", exercise(MONEY, *checks, **more)),))


@pytest.fixture(scope="module")
def school(tmp_path_factory) -> dict[str, str]:
    return pages(graded(), tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def attacked(tmp_path_factory) -> dict[str, str]:
    lines = tuple((text, True) for text in HOSTILE)
    pair = Pair(HOSTILE[0], HOSTILE[1], 1.0, (Passage(MONEY, lines, lines, True),))
    known = {MONEY: (Known(HOSTILE[1], hostile().submissions[0].exercises[0]),)}
    return pages(hostile(), tmp_path_factory.mktemp("pages"), pairs=[pair], wrong=known)


# -- a student's page


def test_a_students_page_tells_points_of_all_that_the_class_handed_in(school):
    assert "15.71 of 20 points" in words(school["Eve"])


@pytest.mark.parametrize("fact", ["The till knows hashes.", "hashes(3)", "got 4", "expected 3", "a till counts"])
def test_a_failed_check_tells_its_rule_the_call_both_values_and_why(school, fact):
    assert fact in words(school["Ada"])


def test_a_withheld_check_tells_its_rule_call_and_values_but_no_word_of_its_author(tmp_path):
    secret = check("sums", passed=False, visibility="withheld", why="the author's sentence", printed="what it printed")
    page = words(pages(one(check("signs"), secret), tmp_path)["Ada"])
    assert "The till knows sums." in page and "got 4" in page and "expected 3" in page
    assert "the author's sentence" not in page and "what it printed" not in page and "test_sums" not in page


def test_hints_are_there_for_what_is_not_solved_and_only_for_that(school):
    assert school["Ada"].count('class="hint"') == len(report_student.hints(MONEY)) > 1
    assert 'class="hint"' not in school["Hal"]


def test_hints_are_markdown_without_html_or_pictures():
    [(title, text)] = report_student._details(
        "<details><summary>Hint</summary>\n\n`x` <b>y</b> ![](//host.test)\n\n</details>"
    )
    assert (title, "<code>x</code>" in text, "<b>" in text, "<img" in text) == ("Hint", True, False, False)


def test_an_exercise_that_was_not_attempted_shows_no_check_and_no_points(tmp_path):
    page = words(pages(one(attempted=False), tmp_path)["Ada"])
    assert "Not attempted" in page and "0 of 10 points" in page and "got" not in page.replace("got 0", "")


def test_an_exercise_that_others_handed_in_is_named_as_missing(tmp_path):
    both = Report((submission("Ada", exercise(MONEY, check("sums"))), submission("Bo", exercise(SEATS, check("rows")))))
    assert "One house, four ways to ask, not handed in" in words(pages(both, tmp_path)["Ada"])


def test_public_checks_alone_are_never_called_solved(tmp_path):
    page = words(pages(one(check("sums")), tmp_path)["Ada"])
    assert "Solved" not in page and "Grading adds withheld" in page


def test_a_check_that_could_not_be_made_is_no_fault_of_the_student(tmp_path):
    page = words(pages(one(check("sums", verdict="UNCHECKED", why="no database")), tmp_path)["Ada"])
    assert "no fault of yours" in page


def test_a_refused_file_says_why_instead_of_points(tmp_path):
    bad = Report((submission("Ada", state="refused", sentence="Its JSON is broken."),))
    page = words(pages(bad, tmp_path)["Ada"])
    assert "no score" in page and "Its JSON is broken." in page


def test_of_two_files_for_one_exercise_the_better_counts(tmp_path):
    files = [
        submission("Ada", exercise(MONEY, check("sums", passed)), source=f"{passed}.ipynb") for passed in (True, False)
    ]
    page = words(pages(Report(tuple(files)), tmp_path)["Ada"])
    assert "10 of 10 points" in page and "True.ipynb" in page


# -- the class page


@pytest.mark.parametrize("told", [
    "Results of 8 students", "scored 8 students", "“A price that will not be mixed” was the hardest: 50 % of its points",
    "Half of the class reached 75 % or more of 20 points; the lowest 50 %, the highest 100 %", "sandbox bubblewrap",
])  # fmt: skip
def test_the_class_page_tells(school, told):
    assert told in words(school[""])


def test_every_picture_has_a_text_alternative_with_its_numbers(school):
    pictures = re.findall(r"<svg[^>]*?(?: aria-label=\"([^\"]*)\")?>", school[""])
    drawn = [each for each in pictures if each]
    assert len(drawn) >= 4 and any("from 50 to 60 %" in each for each in drawn)
    assert any(each == "7 of 8 fail" for each in drawn)


def test_each_student_is_linked_and_each_link_leads_to_a_page(tmp_path):
    told = pages(graded(), tmp_path)[""]
    links = re.findall(r'href="(students/[^"]+)"', told)
    assert len(links) == len(NAMES) and all((tmp_path / link).is_file() for link in links)


def test_a_students_page_names_no_other_student_and_links_nowhere(school):
    for name in NAMES:
        others = [other for other in NAMES if other != name and re.search(rf"\b{other}\b", words(school[name]))]
        assert not others and not re.findall(r'href="(?!#|data:)', school[name])


def test_what_is_in_doubt_has_no_score_and_stands_at_the_top(tmp_path):
    doubt = submission("Zoe", exercise(MONEY, check("sums", verdict="UNCHECKED")), state="in doubt", sentence="Look.")
    told = words(pages(Report((*graded().submissions, doubt)), tmp_path)[""])
    assert "scored 8 students" in told and told.index("Zoe is in doubt") < told.index("Scores")


def test_a_class_without_any_score_has_a_page_too(tmp_path):
    told = words(pages(Report((submission("Ada", state="refused", sentence="Empty."),)), tmp_path)[""])
    assert "no score yet" in told


def test_the_page_says_whether_anybody_looked_for_similar_submissions(tmp_path):
    assert "Similar" not in pages(graded(), tmp_path)[""]
    assert "No two are more alike" in pages(graded(), tmp_path, pairs=[])[""]


# -- what a submission wrote


def test_hostile_text_makes_no_element_and_no_attribute(attacked, school):
    harmless = {
        "class",
        "id",
        "href",
        "aria-label",
        "aria-labelledby",
        "aria-hidden",
        "tabindex",
        "role",
        "open",
        "scope",
    }
    drawn = {name for name, _ in Seen("".join(school.values())).attributes}
    for page in attacked.values():
        seen = Seen(page)
        assert not {"script", "img", "iframe", "object", "embed", "base", "form", "b "} & set(seen.tags)
        assert not {name for name, _ in seen.attributes} - drawn - harmless
        assert seen.tags.count("style") == seen.tags.count("title") - seen.tags.count("circle") == 1


def test_hostile_text_is_shown_as_it_was_written(attacked):
    assert words(attacked[HOSTILE[0]]).count("<script>document.title='taken'</script>") >= 8


def test_no_control_or_direction_character_reaches_a_page(attacked):
    for page in attacked.values():
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)


def test_no_page_names_another_host(attacked, school):
    for page in (*attacked.values(), *school.values()):
        fetched = [
            value for name, value in Seen(page).attributes if name in ("href", "src", "action", "data", "poster")
        ]
        assert not [value for value in fetched if not value.startswith(("#", "data:,", "students/"))]
        assert (
            "default-src 'none'" in page and "http" not in str(look()) and "url(" not in page.replace(str(look()), "")
        )


def test_names_of_files_are_plain_and_never_meet():
    names = [*HOSTILE, "Ada", "ada", "Ada ", "../../etc/passwd", "CON", "Ådá", "\udc80", "李", "x" * 400, ""]
    made = [file_name(name) for name in names]
    assert len({each.lower() for each in made}) == len(names)
    assert all(re.fullmatch(r"[a-z0-9-]{8,50}", each) for each in made)


def test_sentences_between_backticks_are_code_and_nothing_else(attacked):
    assert report.ticked("a `b` <i>`</i>") == "a <code>b</code> &lt;i&gt;`&lt;/i&gt;"


# -- reading and writing


def test_a_report_comes_back_from_its_file_as_it_was(tmp_path):
    import json

    (tmp_path / "r.json").write_text(json.dumps(to_json(hostile())), "utf-8")
    assert standing.read(tmp_path / "r.json") == hostile()


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"schema_version": 1}', "nope", '{"schema_version": 0, "submissions": []}']
)
def test_a_file_that_holds_no_results_is_refused_with_a_sentence(tmp_path, text):
    (tmp_path / "r.json").write_text(text, "utf-8")
    with pytest.raises(CourseError, match=r"course grade|grade again"):
        standing.read(tmp_path / "r.json")


def test_results_of_another_course_are_refused_by_name():
    with pytest.raises(CourseError, match=r"core\.nowhere"):
        standing.weights(Report((submission("Ada", exercise("core.nowhere")),)), index.load())


def test_an_assignments_points_replace_those_of_the_course():
    assert standing.weights(graded(), index.load(), {MONEY: 2.5}) == {MONEY: 2.5, SEATS: 10.0}


def test_a_folder_that_cannot_be_written_is_told_by_name(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CourseError, match="--out"):
        report.write(graded(), tmp_path / "file", standing.weights(graded(), index.load()))


def test_writing_again_replaces_pages_and_leaves_nothing_else(tmp_path):
    for _ in range(2):
        pages(graded(), tmp_path)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == len(NAMES) + 1


def test_numbers_look_as_people_write_them():
    assert [points(n) for n in (7.0, 7.5, 7.126, 0.0, 10.0)] == ["7", "7.5", "7.13", "0", "10"]
    assert [percent(n) for n in (0.0, 0.001, 0.5, 0.999, 1.0)] == ["0 %", "1 %", "50 %", "99 %", "100 %"]
    assert [signed(n) for n in (None, 0.5, -0.25)] == ["–", "+0.50", "−0.25"]


def test_a_page_takes_its_colours_from_the_book():
    assert "--gold" in look() and "light-dark(" in look() and "font/woff2;base64" in look()
