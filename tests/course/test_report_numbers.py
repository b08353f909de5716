"""Statistics, recognised mistakes, similar submissions: what the class page says is true."""

from __future__ import annotations

from dataclasses import replace

import pytest

from course import index
from course.grading import standing
from course.judging.result import Report
from course.reports import charts, itemstats, misconceptions, similar
from course.reports.itemstats import correlation, items, spread, units
from course.reports.misconceptions import Known, common, recognise

from .sample_report import MONEY, SEATS, check, exercise, graded, submission

WEIGHTS = {MONEY: 10.0, SEATS: 10.0}


# -- items


def test_a_check_is_as_hard_as_the_share_that_fails_it():
    found = items(standing.gather(graded()), WEIGHTS)
    assert [each.failed for each in found if each.exercise == MONEY] == [1, 2, 3, 4, 5, 6, 7]
    assert {each.tried for each in found} == {8}


def test_discrimination_is_the_point_biserial_correlation_with_the_rest_of_the_points():
    # By hand: six students, one check of one point, and four others of one point each.
    passed, rest = [0, 0, 1, 0, 1, 1], [0, 1, 1, 2, 3, 4]
    rules = ["signs", "cents", "names", "shares"]
    told = Report(tuple(
        submission(f"s{n}", exercise(MONEY, check("sums", bool(p)), *(check(rule, k < r) for k, rule in enumerate(rules))))
        for n, (p, r) in enumerate(zip(passed, rest, strict=True))
    ))  # fmt: skip
    [first, *_] = items(standing.gather(told), {MONEY: 5.0})
    mean_passed, mean_failed, deviation = 8 / 3, 1.0, (65 / 36) ** 0.5
    assert first.discrimination == pytest.approx((mean_passed - mean_failed) / deviation * 0.5)


def test_what_everybody_passes_or_too_few_tried_has_no_discrimination():
    assert all(
        each.discrimination is None for each in items(standing.gather(graded()), WEIGHTS) if each.exercise == SEATS
    )
    few = Report(graded().submissions[: itemstats.LEAST - 1])
    assert {each.discrimination for each in items(standing.gather(few), WEIGHTS)} == {None}
    assert correlation([1, 0, 1, 0, 1], [1, 0, 1, 0, 1]) == pytest.approx(1.0)


@pytest.mark.parametrize(("failed", "told", "remark"), [
    (8, None, "nobody passes it"), (4, -0.2, "score lower"), (4, 0.05, "does not tell"), (4, 0.4, ""), (0, None, ""),
])  # fmt: skip
def test_a_check_is_worth_a_look_when_it_tells_nothing(failed, told, remark):
    item = itemstats.Item(MONEY, "test_a", "A.", "public", 8, failed, told)
    assert remark in item.remark and bool(remark) == bool(item.remark)


def test_who_did_not_attempt_an_exercise_counts_for_it_and_not_for_its_checks():
    told = Report((*graded().submissions, submission("Zoe", exercise(MONEY, attempted=False))))
    [money, seats] = units(standing.gather(told), WEIGHTS)
    assert (money.handed_in, money.attempted, money.solved, seats.handed_in) == (9, 8, 1, 8)
    assert {each.tried for each in items(standing.gather(told), WEIGHTS)} == {8}


def test_what_is_in_doubt_or_refused_counts_nowhere():
    doubt = submission("Zoe", exercise(MONEY, check("sums", verdict="UNCHECKED")), state="in doubt")
    refused = submission("Yan", state="refused")
    told = standing.gather(Report((*graded().submissions, doubt, refused)))
    assert items(told, WEIGHTS) == items(standing.gather(graded()), WEIGHTS)


def test_seconds_are_those_of_an_answers_checks_and_name_the_slowest():
    slow = replace(graded().submissions[3], exercises=(exercise(MONEY, check("sums", seconds=9.0)),))
    [money, _] = units(standing.gather(Report((*graded().submissions[:3], slow))), WEIGHTS)
    assert money.seconds and (money.seconds.median, money.seconds.most, money.slowest) == (1.75, 9.0, "Dan")


def test_a_spread_of_nothing_is_nothing_and_of_one_is_that_one():
    assert spread([]) is None
    assert spread([0.5]) == itemstats.Spread(1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5)


# -- pictures


def test_columns_take_their_lower_end_and_the_last_both():
    told = str(charts.histogram([0.0, 0.1, 0.3, 0.7, 1.0], "points", "students"))
    ranges = ["1 from 0 to 10", "1 from 10 to 20", "1 from 30 to 40", "1 from 70 to 80", "1 from 90 to 100"]
    assert [each for each in ranges if each not in told] == []


def test_a_picture_of_nothing_says_so():
    assert "points: none." in charts.histogram([], "points", "students")


@pytest.mark.parametrize("most", [0, 1, 2, 7, 24, 300])
def test_an_axis_ends_at_a_round_number_that_holds_the_highest_column(most):
    ticks = charts._ticks(most)
    assert ticks[-1] >= max(most, 1) and ticks[-2] < max(most, 1) and 2 <= len(ticks) <= 6


# -- recognised mistakes


def wrong(name: str, **failed: str) -> Known:
    """Return a known wrong answer by the values it gives back in the checks it fails."""
    rules = ["sums", "signs", "cents"]
    return Known(
        name,
        exercise(MONEY, *(check(r, r not in failed, **({"got": failed[r]} if r in failed else {})) for r in rules)),
    )


def answer(**failed: str):
    return wrong("", **failed).result


KNOWN = [wrong("Rounds.", sums="3.0"), wrong("Truncates.", sums="2"), wrong("Forgets signs.", signs="1", cents="5")]


@pytest.mark.parametrize(("failed", "name"), [
    ({"sums": "3.0"}, "Rounds."),
    ({"sums": "2"}, "Truncates."),
    ({"sums": "17"}, ""),
    ({"signs": "1", "cents": "5"}, "Forgets signs."),
    ({"signs": "1", "cents": "6"}, "Forgets signs."),
    ({"signs": "1"}, ""),
    ({"sums": "2", "cents": "8"}, "Truncates."),
    ({}, ""),
])  # fmt: skip
def test_an_answer_is_recognised_by_the_checks_it_fails_and_by_what_it_gives_back(failed, name):
    assert recognise(answer(**failed), KNOWN) == name


def test_values_are_compared_only_where_both_were_asked_the_same():
    other = replace(
        answer(sums="7"), checks=(check("sums", False, call="sums(9)", got="7"), check("signs"), check("cents"))
    )
    assert recognise(other, KNOWN[:1]) == "Rounds."
    assert recognise(other, KNOWN[:2]) == "Rounds. Or: Truncates."


def test_addresses_in_values_do_not_tell_answers_apart():
    assert (
        recognise(answer(sums="<Till at 0x7f01>"), [wrong("Returns itself.", sums="<Till at 0x1111>")])
        == "Returns itself."
    )


def test_checks_that_were_not_run_do_not_count_against_a_likeness():
    public = replace(answer(signs="1"), checks=answer(signs="1").checks[:2])
    assert recognise(public, KNOWN) == "Forgets signs."


def test_the_commonest_comes_first_and_what_has_no_name_needs_two():
    results = [("Ada", answer(sums="2")), ("Bo", answer(sums="2")), ("Cleo", answer(sums="3.0")), ("Dan", answer(sums="99")),
               ("Eve", answer(sums="98")), ("Fay", answer(sums="98")), ("Gus", answer())]  # fmt: skip
    told = [(each.name, each.known, each.students) for each in common(results, {MONEY: tuple(KNOWN)})]
    assert told == [
        ("Truncates.", True, ("Ada", "Bo")),
        ("Rounds.", True, ("Cleo",)),
        ("Fails “The till knows sums.”", False, ("Eve", "Fay")),
    ]


def test_known_wrong_answers_are_named_by_their_first_line_and_recognise_themselves(tmp_path):
    found = misconceptions.known([MONEY], "7", tmp_path)[MONEY]
    assert len(found) >= 3 and all(each.name.endswith(".") and not each.result.passed for each in found)
    assert all(each.name in recognise(each.result, found) for each in found)


def test_a_known_wrong_answer_is_judged_once_for_each_content_and_seed(tmp_path, monkeypatch):
    first = misconceptions.known([MONEY], "7", tmp_path)
    kept = sorted(tmp_path.iterdir())
    monkeypatch.setattr(misconceptions.Judge, "judge", None)
    assert misconceptions.known([MONEY], "7", tmp_path) == first and sorted(tmp_path.iterdir()) == kept
    kept[0].write_text("{half")
    with pytest.raises(TypeError):
        misconceptions.known([MONEY], "7", tmp_path)


# -- similar submissions

STUB = "# exercise: core.money\ndef till(scans, gate):\n    raise NotImplementedError\n"
LONG = """# exercise: core.money
def till(scans, gate):
    total, seen = 0, set()
    for scan in scans:
        if scan.ticket in seen or scan.gate != gate:
            continue
        seen.add(scan.ticket)
        total += scan.price if scan.full else scan.price // 2
    return total
"""
OTHER = """# exercise: core.money
def till(scans, gate):
    first = {s.ticket: s for s in reversed(scans) if s.gate == gate}
    return sum(s.price // (1 if s.full else 2) for s in first.values())
"""


def likeness(**texts: str) -> dict[tuple[str, str], float]:
    pairs = similar.pairs({name: {MONEY: text} for name, text in texts.items()}, {MONEY: (STUB,)})
    return {(pair.left, pair.right): pair.share for pair in pairs}


def test_other_names_layout_and_comments_hide_no_copy():
    copy = (
        LONG.replace("total", "summe").replace("scan.", "s.").replace("scan ", "s ").replace("    ", "  ") + "# mine\n"
    )
    assert likeness(Ada=LONG, Bo=copy, Cleo=OTHER) == {("Ada", "Bo"): pytest.approx(1.0, abs=0.1)}


def test_two_ways_to_solve_an_exercise_are_not_alike():
    assert likeness(Ada=LONG, Bo=OTHER) == {}


def test_stub_and_given_code_are_nobodys_copy():
    given = "\n".join(
        f"def helper_{n}(scans, gate):\n    return [scan.price * {n} for scan in scans]" for n in range(9)
    )
    texts = {"Ada": {MONEY: given + LONG}, "Bo": {MONEY: given + OTHER}}
    assert similar.pairs(texts, {MONEY: (STUB, given)}) == []
    assert similar.pairs(texts, {MONEY: (STUB,)}) != []


def test_what_much_of_the_class_wrote_is_common_knowledge_unless_it_is_word_for_word():
    class_ = {f"s{n}": LONG + f"# {n}\n" for n in range(12)}
    assert likeness(**class_) == {}
    assert list(likeness(**class_, Ada=OTHER + "# x", Bo=OTHER + "# x")) == [("Ada", "Bo")]


def test_a_copy_is_shown_side_by_side_with_the_lines_that_both_have():
    [pair] = similar.pairs(
        {"Ada": {MONEY: LONG}, "Bo": {MONEY: LONG + "print('scans of the night', 9)\n"}}, {MONEY: (STUB,)}
    )
    [passage] = pair.passages
    shared = [line for line, marked in passage.right if marked]
    assert "        seen.add(scan.ticket)" in shared and not any("night" in line for line in shared)
    assert [line for line, _ in passage.left] == LONG.splitlines()


def test_answers_are_read_from_what_was_handed_in_and_stubs_are_left_out(tmp_path):
    from . import sample_class

    sample_class.build(tmp_path)
    found = similar.answers(tmp_path, sample_class.exercises(sample_class.DATA_MODEL))
    assert set(found["ada", "ada_02-data-model.ipynb"]) == set(sample_class.exercises(sample_class.DATA_MODEL))
    assert found["bo", "bo/02-data-model.ipynb"] == {}
    assert not [student for student, _ in found if student in ("eve", "fay")]


def test_exercises_give_their_stub_and_code():
    given = similar.given([e.id for _, _, e in index.load().exercises()])
    assert all(texts[0].startswith("# exercise: ") for texts in given.values()) and any(
        texts[1] for texts in given.values()
    )
