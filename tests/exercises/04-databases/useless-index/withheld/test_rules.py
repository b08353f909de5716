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
def test_another_order_is_another_index(place, rng: random.Random):
    """An index that has the same columns in another order, or one in another direction, does not replace it."""
    first, second = rng.sample(["status", "total", "placed_at"], 2)
    make(place, both=f"orders ({first}, {second})", late=f"orders ({second})", down=f"orders ({first} DESC)")
    scan(place, "both", "late", "down")
    assert dropped(place) == set(), "a telephone book does not find first names"


@pytest.mark.writes
def test_another_condition_is_another_index(place):
    """A partial index is replaced only by one with the same condition, and replaces only such a one."""
    make(
        place,
        all_prices="seat (price)",
        free_prices="seat (price, section) WHERE status = 'free'",
        free_again="seat (price) WHERE status = 'free'",
    )
    scan(place, "all_prices", "free_prices", "free_again")
    assert dropped(place) == {"free_again"}, "sold seats are not in it, and free ones are few"


@pytest.mark.writes
@pytest.mark.points(2)
def test_of_equals_one_stays(place, rng: random.Random):
    """Of equal indexes the first by name stays; a unique one stays before any other."""
    first, *others = sorted(f"ix_{number}" for number in rng.sample(range(100, 1_000), 4))
    make(place, **dict.fromkeys((*others, first), "orders (placed_at)"))
    make(place, a_copy="venue (name)", one_name="venue (name)", c_copy="venue (name)")
    scan(place, first, *others, "a_copy", "one_name", "c_copy")
    assert dropped(place) == {*others, "a_copy", "c_copy"}, "every one is redundant, all of them are not"


@pytest.mark.writes
@pytest.mark.points(2)
def test_one_that_goes_replaces_nothing(place):
    """A longer index that nobody scans is dropped, and the shorter one that is scanned stays."""
    make(place, wide="seat (price, section, status)", narrow="seat (price)")
    scan(place, "narrow")
    assert dropped(place) == {"wide"}, "each of the two was called useless because of the other"


@pytest.mark.writes
def test_a_build_that_broke_off_goes(place):
    """An invalid index is dropped, unique or scanned, and it replaces nothing."""
    make(place, broken="seat (price, section)", one_broken="venue (zone)", whole="seat (price)")
    scan(place, "broken", "whole")
    with psycopg.connect(place.admin) as db:
        db.execute(
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid IN ('broken'::regclass, 'one_broken'::regclass)"
        )
    assert dropped(place) == {"broken", "one_broken"}, "it is written by every sale, and no query may use it"


@pytest.mark.writes
def test_another_kind_is_another_index(place):
    """Only a B-tree replaces a B-tree, and nothing else is replaced."""
    make(
        place, tree="orders (placed_at)", blocks="orders USING brin (placed_at)",
        more_blocks="orders USING brin (placed_at, total)",
    )  # fmt: skip
    scan(place, "tree", "blocks", "more_blocks")
    assert dropped(place) == set(), "they answer other questions, at another price"


@pytest.mark.writes
def test_what_is_included_counts(place):
    """An index is replaced only by one that holds its included columns, too."""
    make(
        place,
        bare="orders (placed_at, status)",
        shown="orders (placed_at) INCLUDE (total)",
        longer="orders (total, status) INCLUDE (event_id)",
        shorter="orders (total) INCLUDE (event_id, status)",
    )
    scan(place, "bare", "shown", "longer", "shorter")
    assert dropped(place) == {"shorter"}, "without them the table is opened again"


@pytest.mark.writes
def test_equals_in_another_table_are_none(place):
    """Indexes of different tables have nothing to do with each other, whatever their columns are called."""
    make(place, order_state="orders (status)", seat_state="seat (status, price)")
    scan(place, "order_state", "seat_state")
    assert dropped(place) == set(), "a seat's status says nothing of an order's"


@pytest.mark.writes
def test_a_name_may_look_odd(place, rng: random.Random):
    """Names with capitals, blanks and dashes are dropped like any other."""
    odd = {f"Seat {rng.randint(1, 99)}-price": "seat (price)", "SEAT": "seat (section)"}
    make(place, **odd)
    assert dropped(place) == set(odd), "somebody's tool made the name, and quoted it"
