import random

import answer
import psycopg
import pytest

NAMES = "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
FIRST = """
    SELECT indrelid::regclass::text, pg_get_indexdef(indexrelid, 1, true), coalesce(pg_get_expr(indpred, indrelid), 'true')
    FROM pg_index WHERE indexrelid = %s::regclass"""
ALONE = "UPDATE pg_index SET indisvalid = false WHERE indrelid = %s::regclass AND indexrelid <> %s::regclass"
SCANS = "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelid = %s::regclass"


def make(place, **indexes: str) -> None:
    with psycopg.connect(place.admin) as db:
        for name, what in indexes.items():
            kind = "UNIQUE INDEX" if name.startswith("one_") else "INDEX"
            db.execute(f'CREATE {kind} "{name}" ON {what}')


def scan(place, *names: str) -> None:
    """Have the server scan each index: within a transaction that is taken back it is its table's only valid one."""
    with psycopg.connect(place.admin, autocommit=True) as db:
        for name in names:
            quoted = f'"{name}"'
            table, first, condition = db.execute(FIRST, [quoted]).fetchone()
            with db.transaction(force_rollback=True):
                db.execute(ALONE, [table, quoted])
                db.execute("SET LOCAL enable_seqscan = off")
                db.execute(f"SELECT count(*) FROM {table} WHERE ({first}) IS NOT NULL AND {condition}")
            db.execute("SELECT pg_stat_force_next_flush()")
            if not db.execute(SCANS, [quoted]).fetchone()[0]:
                raise RuntimeError(f"the server did not scan {name}")


def names(place) -> set[str]:
    with psycopg.connect(place.admin) as db:
        return {name for (name,) in db.execute(NAMES)}


def dropped(place) -> set[str]:
    """Let the answer drop, and return what is gone."""
    before = names(place)
    answer.drop_useless(place.url)
    return before - names(place)


@pytest.mark.writes
def test_what_nobody_scans_goes(place, rng: random.Random):
    """An index that was never scanned is dropped, one that was is not."""
    used, other = rng.sample(["section", "price", "held_by", "held_until"], 2)
    make(place, seat_used=f"seat ({used})", seat_other=f"seat ({other})")
    scan(place, "seat_used")
    assert dropped(place) == {"seat_other"}, "each of them is paid for by every sale"


@pytest.mark.writes
@pytest.mark.points(2)
def test_a_promise_is_kept(place):
    """Keys, constraints and unique indexes stay, scanned or not."""
    make(place, one_stage="venue (city, name)", venue_zone="venue (zone)")
    assert dropped(place) == {"venue_zone"}, "nobody scanned it, and yet two halls of one name are refused by it"


@pytest.mark.writes
@pytest.mark.points(2)
def test_a_prefix_goes(place):
    """An index whose columns another one begins with is dropped, however often it was scanned."""
    make(place, history="orders (customer_id, placed_at)", by_customer="orders (customer_id)")
    scan(place, "by_customer", "history")
    assert dropped(place) == {"by_customer"}, "the longer one finds a customer's orders, too"


@pytest.mark.writes
def test_a_foreign_key_keeps_its_index(place):
    """An index that finds the rows that refer to another table's row stays, scanned or not."""
    make(place, orders_customer="orders (customer_id)", orders_total="orders (total)")
    assert dropped(place) == {"orders_total"}, "when a customer is erased, the server looks for the orders"


@pytest.mark.writes
def test_the_names_are_told(place, rng: random.Random):
    """The names of what was dropped are returned, in alphabetical order."""
    made = rng.sample(["zone", "country", "city", "name"], 3)
    make(place, **{f"venue_{column}": f"venue ({column})" for column in made})
    assert answer.drop_useless(place.url) == sorted(f"venue_{column}" for column in made), (
        "the log of the night says it"
    )
    assert answer.drop_useless(place.url) == [], "a second run finds nothing left to do"
