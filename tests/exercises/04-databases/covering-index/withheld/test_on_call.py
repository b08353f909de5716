import random
import threading
import time
from urllib.parse import urlsplit

import answer
import psycopg
import pytest

READ = "SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables WHERE relname = 'orders'"
OURS = "SELECT count(*) FROM pg_stat_activity WHERE usename = %s"
WAITS = f"{OURS} AND wait_event_type = 'Lock'"
INDEXES = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname"
CONSTRAINTS = "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint ORDER BY 1, 2"
BREAK = """
    UPDATE pg_index SET indisvalid = false
    WHERE indrelid = 'orders'::regclass AND indexrelid NOT IN (SELECT conindid FROM pg_constraint)"""


def asked(url: str, query: str, *values: object) -> list[tuple]:
    with psycopg.connect(url) as db:
        return db.execute(query, values).fetchall()


def user(place) -> str:
    return str(urlsplit(place.outside).username)


def read(place) -> int:
    """Return the rows of `orders` that were read so far; a session reports when it ends."""
    deadline = time.monotonic() + 10
    while asked(place.admin, OURS, user(place)) != [(0,)] and time.monotonic() < deadline:
        time.sleep(0.02)
    return asked(place.admin, READ)[0][0]


@pytest.mark.writes
@pytest.mark.points(2)
def test_orders_may_move_without_the_index(place, rng: random.Random):
    """When `prepare` has run, a change of `placed_at` or `customer_id` is still a HOT update."""
    answer.prepare(place.url)
    with psycopg.connect(place.admin) as db:
        for column, value in (("placed_at", "now()"), ("customer_id", "7")):
            ids = rng.sample(range(1, 6_001), 40)
            db.execute(f"UPDATE orders SET {column} = {value} WHERE id = ANY(%s)", [ids])
        db.execute("SELECT pg_stat_force_next_flush()")
    counts = "SELECT n_tup_upd - n_tup_hot_upd FROM pg_stat_user_tables WHERE relname = 'orders'"
    assert asked(place.admin, counts) == [(0,)], (
        "the page needs neither column, and now every such change writes the index"
    )


def sell_meanwhile(place, ended: threading.Event, told: dict[str, bool]) -> None:
    """Keep a sale open until the answer waits for it; then try another one, and end the first."""
    sale = "INSERT INTO orders VALUES (%s, 1, 1, 'paid', 12.50, now())"
    with psycopg.connect(place.admin) as first, psycopg.connect(place.admin, autocommit=True) as watch:
        first.execute(sale, [900001])
        told["open"] = True
        while not ended.is_set() and watch.execute(WAITS, [user(place)]).fetchone() == (0,):
            time.sleep(0.01)
        watch.execute("SET lock_timeout = '1s'")
        try:
            watch.execute(sale, [900002])
        except psycopg.errors.LockNotAvailable:
            told["refused"] = True


@pytest.mark.writes
@pytest.mark.points(2)
def test_sales_go_on_while_it_is_built(place):
    """A sale that begins while `prepare` waits for an older one does not wait."""
    ended, told = threading.Event(), {}
    seller = threading.Thread(target=sell_meanwhile, args=(place, ended, told))
    seller.start()
    try:
        while seller.is_alive() and "open" not in told:
            time.sleep(0.01)
        answer.prepare(place.url)
    finally:
        ended.set()
        seller.join()
    assert "refused" not in told, "the shop stands still from the first build to its end"


@pytest.mark.writes
@pytest.mark.points(2)
def test_a_build_that_broke_off_is_made_good(place, rng: random.Random):
    """An invalid index, as a build leaves it that broke off, is a whole one after `prepare`."""
    answer.prepare(place.url)
    with psycopg.connect(place.admin) as db:
        db.execute("SET synchronous_commit = on")
        assert db.execute(BREAK).rowcount, "prepare added no index"
    answer.prepare(place.url)
    before = read(place)
    answer.turnover(place.url, rng.randint(1, 20))
    assert read(place) - before == 0, "the name is there, the index is not: `indisvalid` is false"


@pytest.mark.writes
def test_nothing_else_changes(place):
    """One index is added however often `prepare` runs, and every constraint stays."""
    before, promised = asked(place.admin, INDEXES), asked(place.admin, CONSTRAINTS)
    for _ in range(2):
        answer.prepare(place.url)
    after = asked(place.admin, INDEXES)
    assert len(after) == len(before) + 1 and set(before) < set(after), "one index answers the question"
    assert asked(place.admin, CONSTRAINTS) == promised, "an index is no reason to lose a rule"
