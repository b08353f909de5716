import random
import time
from decimal import Decimal
from urllib.parse import urlsplit

import answer
import psycopg
import pytest

READ = "SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables WHERE relname = 'orders'"
OURS = "SELECT count(*) FROM pg_stat_activity WHERE usename = %s"
PAID = "SELECT count(*), sum(total) FROM orders WHERE event_id = %s AND status = 'paid'"


def asked(url: str, query: str, *values: object) -> tuple:
    with psycopg.connect(url) as db:
        return db.execute(query, values).fetchone()


def changed(url: str, statement: str, *values: object) -> None:
    with psycopg.connect(url) as db:
        db.execute("SET synchronous_commit = on")
        db.execute(statement, values)


def read(place) -> int:
    """Return the rows of `orders` that were read so far; a session reports when it ends."""
    deadline = time.monotonic() + 10
    while asked(place.admin, OURS, urlsplit(place.outside).username) != (0,) and time.monotonic() < deadline:
        time.sleep(0.02)
    return asked(place.admin, READ)[0]


def test_the_turnover_is_that_of_the_paid_orders(place, rng: random.Random):
    """Number and sum of the paid orders of a show; 0 and 0.00 for a show without any."""
    event = rng.randint(1, 20)
    wanted = asked(place.admin, PAID, event)
    assert answer.turnover(place.url, event) == wanted, "a refund is no turnover"
    assert answer.turnover(place.url, 900 + event) == (0, Decimal("0.00")), "a show that is new has sold nothing"


@pytest.mark.writes
@pytest.mark.points(2)
def test_no_row_of_the_table_is_read(place, rng: random.Random):
    """After `prepare`, a turnover reads no row of `orders`, by the server's count."""
    answer.prepare(place.url)
    event = rng.randint(1, 20)
    before, wanted = read(place), asked(place.admin, PAID, event)
    before = read(place)
    got = answer.turnover(place.url, event)
    assert read(place) - before == 0, "rows of the table were read, each on a page of its own"
    assert got == wanted, "the promoter is told another sum"


@pytest.mark.writes
def test_a_new_order_counts_at_once(place, rng: random.Random):
    """An order that came in a moment ago is in the turnover."""
    answer.prepare(place.url)
    event = rng.randint(1, 20)
    count, total = asked(place.admin, PAID, event)
    changed(place.admin, "INSERT INTO orders VALUES (900001, 1, %s, 'paid', 12.50, now())", event)
    assert answer.turnover(place.url, event) == (count + 1, total + Decimal("12.50")), "the sum is one of yesterday"


@pytest.mark.writes
def test_the_morning_after_the_job_is_as_fast(place, rng: random.Random):
    """When `prepare` has followed the night's job, no row is read again."""
    answer.prepare(place.url)
    changed(
        place.admin, "UPDATE orders SET status = 'failed' WHERE status = 'pending' OR id %% 10 = %s", rng.randint(0, 9)
    )
    answer.prepare(place.url)
    event = rng.randint(1, 20)
    before = read(place)
    answer.turnover(place.url, event)
    assert read(place) - before == 0, "the job changed rows all over the table, and each visit reads them again"
