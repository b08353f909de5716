import random
from urllib.parse import urlsplit

import answer
import psycopg
import pytest

ALL = "SELECT id, placed_at FROM orders ORDER BY placed_at DESC, id DESC"
READ = """
    SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relname = 'orders')
    FROM pg_stat_user_tables WHERE relname = 'orders'"""
SESSIONS = "SELECT count(*) FROM pg_stat_activity WHERE usename = %s"


def lines(place) -> list:
    with psycopg.connect(place.admin) as db:
        return [tuple(row) for row in db.execute(ALL)]


def entries_read(place) -> int:
    """Return how many entries and rows of the table were read so far, once the answer's sessions have ended."""
    with psycopg.connect(place.admin, autocommit=True) as db:
        user = urlsplit(place.outside).username
        while db.execute(SESSIONS, [user]).fetchone() != (0,):
            pass
        return int(db.execute(READ).fetchone()[0])


def test_the_list_begins_with_the_latest(place):
    """The first page has the latest orders, of one moment the higher number first."""
    assert answer.page(place.url) == lines(place)[:20]


def test_a_page_has_its_size(place, rng: random.Random):
    """A page has as many lines as were asked for."""
    size = rng.randrange(1, 60)
    assert answer.page(place.url, size=size) == lines(place)[:size]


@pytest.mark.points(2)
def test_the_next_page_goes_on(place, rng: random.Random):
    """The page after a line begins with the line that follows it, also amid orders of one moment."""
    everything, at = lines(place), rng.randrange(100, 4_000)
    for last in range(at, at + 3):
        found = answer.page(place.url, everything[last], 5)
        assert found == everything[last + 1 : last + 6], "an order is skipped, or is seen twice"


@pytest.mark.points(2)
def test_a_page_far_back_costs_what_the_first_costs(place):
    """Page 200 makes the server read a page, not two hundred."""
    after = lines(place)[3_999]
    before = entries_read(place)
    answer.page(place.url, after, 20)
    read = entries_read(place) - before
    assert read <= 40, f"the server read {read} entries for 20 lines"


@pytest.mark.writes
def test_a_new_order_moves_nothing(place):
    """An order that comes in between two pages is no reason to show a line twice."""
    first = answer.page(place.url, None, 10)
    with psycopg.connect(place.admin) as db:
        db.execute("INSERT INTO orders SELECT 99999, 1, 1, 'paid', 50, now()")
    second = answer.page(place.url, first[-1], 10)
    assert [line for line in second if line in first] == [], "the clerk sees an order again"
