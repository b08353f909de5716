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


def test_the_list_ends(place):
    """After the last order comes an empty list, and the last page is short."""
    everything = lines(place)
    assert answer.page(place.url, everything[-1]) == []
    assert answer.page(place.url, everything[-4], 20) == everything[-3:], "the last page is short"
    seen, after = [], None
    while part := answer.page(place.url, after, 700):
        seen, after = seen + part, part[-1]
    assert seen == everything, "whoever leafs through the whole list sees every order once"


@pytest.mark.writes
def test_the_last_line_may_be_gone(place, rng: random.Random):
    """The order after which the page begins may have been deleted."""
    everything, at = lines(place), rng.randrange(500, 4_000)
    with psycopg.connect(place.admin) as db:
        db.execute("DELETE FROM orders WHERE id = %s", [everything[at][0]])
    found = answer.page(place.url, everything[at], 5)
    assert found == everything[at + 1 : at + 6], "a place in the list is a value, not a row"
