"""Two gradebooks become one, or say where they disagree; students' data leaves without names, or for good."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from course.errors import CourseError
from course.grading.attempts import Judging
from course.grading.gradebook import Gradebook, dump
from course.grading.joining import merge
from course.grading.privacy import anonymised, forget, pseudonym

from .school import MONEY, ROSTER, SEATS, School, sheet


@pytest.fixture
def here(tmp_path: Path) -> School:
    return School(str(tmp_path / "here.db"), sheet(tmp_path / "sheet"))


@pytest.fixture
def there(tmp_path: Path) -> School:
    return School(str(tmp_path / "there.db"), sheet(tmp_path / "sheet"))


def test_two_halves_of_a_class_become_one(here: School, there: School) -> None:
    here.hand_in("s1", "a", money="pp")
    there.hand_in("s2", "b", money="pf", seats="pp")
    there.book.adjust(there.sheet, "s2", 1, "neat", "kim")
    there.book.ask(there.sheet, "s2", MONEY, "why")
    added = merge(here.book, there.book)
    assert added == {"students": 1, "attempts": 1, "runs": 1, "results": 2, "adjustments": 1, "requests": 1}
    assert (here.points("s1"), here.points("s2")) == (10, 26)
    assert here.grade("s2").score(MONEY).run == there.judging.key


def test_a_second_merge_changes_nothing(here: School, there: School) -> None:
    there.hand_in("s2", "b", money="pf")
    there.book.adjust(there.sheet, "s2", 5, "oral", "kim", MONEY, "set")
    merge(here.book, there.book)
    before = dump(here.book)
    assert merge(here.book, there.book) == {}
    assert dump(here.book) == before


def test_both_ways_give_the_same_gradebook(here: School, there: School) -> None:
    for school in (here, there):
        school.hand_in("s1", "a", money="pp", seats="ff")
    here.hand_in("s1", "b", "03-11 12:00", money="pf")
    there.hand_in("s3", "c", seats="pp")
    merge(here.book, there.book)
    merge(there.book, here.book)
    assert dump(here.book) == dump(there.book)


def test_a_settled_result_replaces_a_check_that_could_not_be_made(here: School, there: School) -> None:
    here.hand_in("s1", "a", money="pu")
    there.hand_in("s1", "a", money="pp")
    merge(here.book, there.book)
    merge(there.book, here.book)
    assert (here.points("s1"), there.points("s1")) == (10, 10)


def test_results_of_newer_checks_come_along(here: School, there: School) -> None:
    for school in (here, there):
        school.hand_in("s1", "a", money="pp")
    there.hand_in("s1", "a", money="pf", judging=there.run(versions={MONEY: "checks-2"}))
    merge(there.book, here.book)
    assert there.points("s1") == 5
    merge(here.book, there.book)
    assert here.points("s1") == 5


def disagree(here: School, there: School) -> str:
    """Return what a merge says, having changed nothing."""
    before = dump(here.book)
    with pytest.raises(CourseError, match="nothing was merged") as caught:
        merge(here.book, there.book)
    assert dump(here.book) == before
    return str(caught.value)


def test_the_same_checks_with_other_results_are_a_conflict(here: School, there: School) -> None:
    there.hand_in("s2", "b", money="pp")
    here.hand_in("s1", "a", money="pp")
    there.hand_in("s1", "a", money="pf")
    said = disagree(here, there)
    assert "core.money of s1 in s1/a.ipynb has 100% here and 50% there, by the same checks and seed" in said


def test_checks_that_neither_knows_of_the_other_are_a_conflict(here: School, there: School) -> None:
    here.hand_in("s1", "a", money="pp", judging=here.run(versions={MONEY: "checks-2"}))
    there.hand_in("s1", "a", money="pp", judging=there.run(versions={MONEY: "checks-3"}))
    assert "was judged by checks checks-2 here and checks-3 there" in disagree(here, there)


def test_points_that_two_set_differently_are_a_conflict_until_they_agree(here: School, there: School) -> None:
    here.book.adjust(here.sheet, "s1", 4, "oral", "kim", MONEY, "set")
    there.book.adjust(there.sheet, "s1", 6, "oral", "lou", MONEY, "set")
    assert "core.money of s1 was set to 4 by kim here and to 6 by lou there" in disagree(here, there)
    here.book.adjust(here.sheet, "s1", 6, "agreed", "kim", MONEY, "set")
    merge(here.book, there.book)
    assert here.points("s1") == 6


def test_two_answers_to_one_request_are_a_conflict(here: School, there: School) -> None:
    number = here.book.ask(here.sheet, "s1", MONEY, "why")
    merge(there.book, here.book)
    here.book.answer(number, "so", "kim")
    there.book.answer(number, "no", "lou")
    assert "was answered by kim here and by lou there" in disagree(here, there)


def test_another_name_for_one_student_is_a_conflict(here: School, tmp_path: Path) -> None:
    here.hand_in("s1", "a", money="pp")
    there = School(str(tmp_path / "there.db"), sheet(tmp_path / "other", ROSTER.replace("Lovelace", "Byron")))
    there.hand_in("s1", "a", money="pp")
    assert "The name of s1 is 'Ada Lovelace' here and 'Ada Byron' there" in disagree(here, there)


def test_a_gradebook_is_not_merged_with_itself(here: School, tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    with (
        Gradebook(str(tmp_path / "inner" / ".." / "here.db")) as same,
        pytest.raises(CourseError, match="cannot be merged with itself"),
    ):
        merge(here.book, same)


def test_anonymised_data_name_nobody_and_hold_no_text_of_theirs(here: School) -> None:
    here.hand_in("s1", "ada-was-here", money="pf", seats="")
    here.hand_in("s2", "b", money="pp")
    text = anonymised(here.book, here.sheet, "a secret of ours")
    rows = list(csv.DictReader(io.StringIO(text)))
    mine = [row for row in rows if row["student"] == pseudonym("a secret of ours", "s1")]
    assert [(row["exercise"], row["attempted"], row["points"]) for row in mine] == [
        (MONEY, "1", "5.0"),
        (SEATS, "0", ""),
    ]
    assert json.loads(mine[0]["checks"]) == {"test_0": "PASS", "test_1": "FAIL"}
    for secret in ("s1", "Ada", "ada", "Lovelace", "example.org", "2026", here.sheet.seed_hash, here.sheet.secret):
        assert secret not in text


def test_pseudonyms_stay_with_their_secret_and_change_with_it(here: School) -> None:
    here.hand_in("s1", "a", money="pp")
    first = anonymised(here.book, here.sheet, "one")
    assert anonymised(here.book, here.sheet, "one") == first
    assert anonymised(here.book, here.sheet, "two") != first


def with_files(school: School, folder: Path) -> Judging:
    """Return a run that left a cache and a results.json with two students."""
    (folder / "cache").mkdir(parents=True)
    entries = [{"student": student, "source": f"{student}/a.ipynb"} for student in ("s1", "s2")]
    for entry in entries:
        (folder / "cache" / f"{entry['student']}.json").write_text(json.dumps(entry), "utf-8")
    (folder / "results.json").write_text(json.dumps({"submissions": entries}), "utf-8")
    return school.run(folder=str(folder))


def test_a_forgotten_student_is_gone_from_the_file_itself(here: School, tmp_path: Path) -> None:
    run = with_files(here, tmp_path / "subs.graded")
    for student in ("s1", "s2"):
        here.hand_in(student, "a", money="pf", judging=run)
        here.book.adjust(here.sheet, student, 1, f"{student} was ill", "kim")
        here.book.ask(here.sheet, student, MONEY, "why")
    counts = forget(here.book, "s1")
    assert counts == {
        "results": 1, "attempts": 1, "adjustments": 1, "requests": 1, "students": 1, "cached results": 1,
        "entries in results.json": 1,
    }  # fmt: skip
    raw = (tmp_path / "here.db").read_bytes()
    assert b"Lovelace" not in raw and b"s1 was ill" not in raw and b"s1/a.ipynb" not in raw
    assert b"s2 was ill" in raw
    assert here.points("s2") == 6
    left = tmp_path / "subs.graded"
    assert [path.name for path in (left / "cache").iterdir()] == ["s2.json"]
    assert json.loads((left / "results.json").read_text("utf-8")) == {
        "submissions": [{"student": "s2", "source": "s2/a.ipynb"}]
    }


def test_a_stranger_cannot_be_forgotten(here: School) -> None:
    with pytest.raises(CourseError, match="knows no student 's9'"):
        forget(here.book, "s9")
