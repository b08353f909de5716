import random
import time

import answer
import psycopg
import pytest
from given import Till

pytestmark = pytest.mark.writes

START = """
    DROP TABLE IF EXISTS place, sale;
    CREATE TABLE place AS SELECT seat, 'free' AS status FROM generate_series(1, 9) seat;
    CREATE TABLE sale (seat int, who text);
    INSERT INTO sale VALUES (8, 'Costa'), (9, 'Costa')"""
ONCE = "SELECT count(*) <= 1 FROM sale WHERE seat = 7"
LOOK = "SELECT status = 'free' FROM place WHERE seat = 7"
SELL = "UPDATE place SET status = 'sold' WHERE seat = 7"
IF_FREE = f"WITH sold AS ({SELL} AND status = 'free' RETURNING 1) SELECT count(*) = 1 FROM sold"
NOTE = "INSERT INTO sale VALUES (7, '{me}')"


def kept(place, till: Till, order: str) -> bool:
    """Play an order as the statement says; return whether the promise holds afterwards."""
    with psycopg.connect(place.outside, autocommit=True) as watch:
        watch.execute(till.start)
        sessions = {me: psycopg.connect(place.outside, options="-c lock_timeout=30ms") for me in "AB"}
        for session in sessions.values():
            session.isolation_level = psycopg.IsolationLevel[till.level]
        steps = {me: iter(till.steps) for me in "AB"}
        left = dict.fromkeys("AB", len(till.steps))
        for me in order:
            if sessions[me].closed:
                continue
            try:
                found = sessions[me].execute(next(steps[me]).format(me=me))
                left[me] -= 1
                if found.description and found.fetchone() == (False,):
                    sessions[me].close()
                elif not left[me]:
                    sessions[me].commit()
                    sessions[me].close()
            except psycopg.Error:
                sessions[me].close()
        for session in sessions.values():
            session.close()
        return watch.execute(till.promise).fetchone() == (True,)


def breaks(place, till: Till, why: str) -> None:
    """Have an order found, and play it."""
    order = answer.bad_order(place.url, till)
    count = len(till.steps)
    assert isinstance(order, str), f"there is an order that breaks it: {why}"
    assert sorted(order) == ["A"] * count + ["B"] * count, "each till has a letter for each of its steps"
    assert not kept(place, till, order), f"after {order} the promise holds: {why}"


COUNT = "SELECT count(*) <= 2 FROM sale WHERE who = 'Costa'"
FOUR = "SELECT count(*) <= 4 FROM sale WHERE who = 'Costa'"
TWO = "INSERT INTO sale SELECT 10 + n, 'Costa' FROM generate_series(1, 2) n"


@pytest.mark.points(2)
def test_two_that_count(place):
    """At REPEATABLE READ two tills that count break a rule about several rows; at SERIALIZABLE they do not."""
    breaks(place, Till(START, (COUNT, TWO), "REPEATABLE_READ", FOUR), "neither sees what the other adds")
    assert answer.bad_order(place.url, Till(START, (COUNT, TWO), "SERIALIZABLE", FOUR)) is None, (
        "one of the two commits fails: the level is part of the till"
    )


@pytest.mark.points(2)
def test_who_is_sent_away_does_nothing(place):
    """A till whose step gives false leaves, and what it did is undone."""
    note_first = Till(START, (NOTE, IF_FREE), "READ_COMMITTED", ONCE)
    assert answer.bad_order(place.url, note_first) is None, "the till that was sent away takes its note along"


def test_each_till_has_its_letter(place):
    """`{me}` is A for the one and B for the other."""
    till = Till(START, (NOTE,), "READ_COMMITTED", "SELECT string_agg(who, '' ORDER BY who) = 'AB' FROM sale WHERE seat = 7")
    assert answer.bad_order(place.url, till) is None, "one note of each"


def test_nothing_stays_open(place):
    """Afterwards no session is in a transaction."""
    answer.bad_order(place.url, Till(START, (LOOK, SELL, NOTE), "READ_COMMITTED", ONCE))
    query = "SELECT count(*) FROM pg_stat_activity WHERE usename LIKE 'db%%' AND state LIKE 'idle in%%'"
    deadline = time.monotonic() + 3  # a session that was closed is seen until the server has read it
    with psycopg.connect(place.admin, autocommit=True) as admin:
        while (count := admin.execute(query).fetchone()) != (0,) and time.monotonic() < deadline:
            time.sleep(0.02)
    assert count == (0,), "an open transaction keeps its locks, and its snapshot"
