import random

import answer
import psycopg
import pytest


def write(place, rows: list[tuple[int, int, int, int]]) -> None:
    with psycopg.connect(place.admin) as admin:
        admin.execute("TRUNCATE lending")
        for row in rows:
            admin.execute("INSERT INTO lending VALUES (%s, %s, %s, %s)", row)


@pytest.mark.writes
def test_the_order_is_that_of_asking(place, rng: random.Random):
    """Who asked first is served first, whatever the numbers of the rows."""
    start = rng.randrange(1000)
    # the long ones came first and got high numbers, for they came back last
    long = [(90 + n, start + n, start + n, start + n + 500) for n in range(3)]
    short = [(10 + n, start + 100 + 60 * n, start + 100 + 60 * n, start + 110 + 60 * n) for n in range(6)]
    write(place, [*short, *long])
    assert answer.pool_size(place.url, 0, 0) == 4, "three long requests and one short at a time"
    assert answer.pool_size(place.url, 0, 6) == 3, "the six short ones come behind the long ones"


@pytest.mark.writes
def test_exactly_what_is_allowed_is_kept(place, rng: random.Random):
    """A wait of exactly `allowed_ms` is within the target, and exactly `late` requests may be beyond it."""
    hold = rng.randrange(50, 90)
    write(place, [(n, 0, hold * (n - 1), hold * n) for n in range(1, 6)])
    found = [answer.pool_size(place.url, allowed, late) for allowed, late in ((4 * hold, 0), (4 * hold - 1, 0))]
    assert found == [1, 2], "five at once, one session: the last one waits for four others"
    assert [answer.pool_size(place.url, 0, late) for late in (4, 3, 0)] == [1, 2, 5]
    write(place, [(n, hold * n, hold * n, hold * (n + 1)) for n in range(8)])
    assert answer.pool_size(place.url, 0, 0) == 1, "one after the other, they need one session"


@pytest.mark.writes
def test_a_quiet_night_needs_one(place):
    """Without any request the pool still has a session."""
    write(place, [])
    assert answer.pool_size(place.url, 0, 0) == 1, "a pool of no session serves nobody"
