import random
from collections.abc import Callable
from urllib.parse import urlsplit

import answer
import psycopg
import pytest

from course.checks import inside

pytestmark = pytest.mark.writes
ADD = "ALTER TABLE seat ADD COLUMN gate text"


def columns(place) -> list[str]:
    with psycopg.connect(place.admin) as db:
        query = "SELECT column_name FROM information_schema.columns WHERE table_name = 'seat'"
        return [name for (name,) in db.execute(query)]


class Report:
    """Reads `seat` in one transaction, and ends it in the pause of that number; counts the pauses."""

    def __init__(self, place, ends: int, also: Callable[[], object] = lambda: None) -> None:
        self.session, self.ends, self.also, self.pauses = psycopg.connect(place.outside), ends, also, 0
        self.session.execute("SELECT count(*) FROM seat")

    def pause(self) -> None:
        self.pauses += 1
        self.also()
        if self.pauses == self.ends:
            self.session.rollback()

    def __enter__(self) -> "Report":
        return self

    def __exit__(self, *_: object) -> None:
        self.session.close()


@pytest.mark.points(2)
def test_it_tries_until_the_lock_is_there(place, rng: random.Random):
    """The change is made in the attempt after the pause in which the report ended."""
    ends = rng.randrange(2, 5)
    with Report(place, ends) as report:
        assert answer.change(place.url, ADD, 50, 9, report.pause) == ends + 1
    assert report.pauses == ends, "a pause between two attempts, and no other"
    assert "gate" in columns(place), "when it returns, everybody sees the change"


def test_nobody_waits_behind_a_pause(place):
    """While `pause` runs, a till reads the table at once, and no transaction of yours is open."""
    states, user = [], urlsplit(place.outside).username

    def look() -> None:
        with psycopg.connect(place.outside, options="-c lock_timeout=300ms") as till:
            till.execute("SELECT count(*) FROM seat")
        with psycopg.connect(place.admin) as admin:
            query = "SELECT state FROM pg_stat_activity WHERE usename = %s AND pid <> %s"
            others = admin.execute(query, [user, report.session.info.backend_pid]).fetchall()
            states.extend(state for (state,) in others)

    with Report(place, 1, look) as report:
        answer.change(place.url, ADD, 50, 3, report.pause)
    assert [state for state in states if "transaction" in (state or "")] == [], "it holds what it has while it pauses"


def test_the_last_attempt_tells(place, rng: random.Random):
    """When no attempt gets its lock, LockNotAvailable reaches the caller, and there is no pause after the last."""
    attempts = rng.randrange(2, 5)
    with Report(place, 99) as report:
        assert inside("change", place.url, ADD, 30, attempts, report.pause) == "LockNotAvailable", "it was not to be had"
    assert report.pauses == attempts - 1, "a pause after the last attempt delays the news"
    assert "gate" not in columns(place)


@pytest.mark.points(2)
def test_a_mistake_is_told_at_once(place):
    """A statement that is wrong is not tried again: its error reaches the caller."""
    paused = []
    found = inside("change", place.url, "ALTER TABLE seat ADD COLUMN price int", 50, 4, lambda: paused.append(1))
    assert (found, paused) == ("DuplicateColumn", []), "no patience makes a wrong name right"


@pytest.mark.points(2)
def test_what_has_its_lock_takes_its_time(place):
    """A statement that waits for nobody is not ended, however long it takes."""
    slow = "DO $$ BEGIN PERFORM pg_sleep(0.4); ALTER TABLE seat ADD COLUMN gate text; END $$"
    assert inside("change", place.url, slow, 40, 2, lambda: None) == 1, "patience is for waiting, not for working"
