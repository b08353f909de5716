import random

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


@pytest.mark.points(2)
def test_the_till_of_the_incident(place, rng: random.Random):
    """A till that looks and then sells sells the seat twice, whatever else it does in between."""
    steps = [LOOK, SELL, NOTE]
    steps.insert(rng.randrange(4), "SELECT count(*) FROM place")
    breaks(place, Till(START, tuple(steps), "READ_COMMITTED", ONCE), "both look before one sells")


@pytest.mark.points(2)
def test_a_condition_in_the_update_holds(place):
    """A till whose update asks once more whether the seat is free cannot be broken."""
    till = Till(START, (LOOK, IF_FREE, NOTE), "READ_COMMITTED", ONCE)
    assert answer.bad_order(place.url, till) is None, "the second update finds no free seat, or has to wait"


@pytest.mark.points(2)
def test_a_lock_holds(place):
    """A till that locks what it looks at cannot be broken: the other one has to wait, and leaves."""
    till = Till(START, (LOOK + " FOR UPDATE", SELL, NOTE), "READ_COMMITTED", ONCE)
    assert answer.bad_order(place.url, till) is None, "a lock lasts to the end of its transaction"


def test_a_snapshot_holds_for_one_row(place):
    """At REPEATABLE READ the second of two sales of one seat is ended by the server."""
    till = Till(START, (LOOK, SELL, NOTE), "REPEATABLE_READ", ONCE)
    assert answer.bad_order(place.url, till) is None, "the row is newer than the snapshot, and the server ends the till"


def test_each_order_begins_anew(place):
    """What one order has done is not there when the next one is played."""
    stock = "DROP TABLE IF EXISTS place, sale; CREATE TABLE sale (seat int, who text)"
    till = Till(stock, (NOTE, "SELECT 1"), "READ_COMMITTED", "SELECT count(*) <= 2 FROM sale")
    assert answer.bad_order(place.url, till) is None, "two notes, and those of the play before"


def test_two_looks_are_not_enough(place, rng: random.Random):
    """A till that looks twice is broken as well."""
    steps = ("SELECT count(*) = 2 FROM sale", "SELECT count(*) = 2 FROM sale", NOTE)
    seen_twice = "SELECT count(*) <= 3 FROM sale"
    breaks(place, Till(START, steps, "READ_COMMITTED", seen_twice), "both have looked twice before the first commit")
