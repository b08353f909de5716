import random
from urllib.parse import urlsplit

import answer
import psycopg
import pytest

pytestmark = pytest.mark.writes
SEATS = 2_000
READ = "SELECT (seq_tup_read + coalesce(idx_tup_fetch, 0))::int FROM pg_stat_user_tables WHERE relname = 'seat'"
WRITTEN = "SELECT n_tup_upd::int FROM pg_stat_user_tables WHERE relname = 'seat'"


def ask(place, statement: str, *values: object) -> list:
    with psycopg.connect(place.admin, autocommit=True, options="-c lock_timeout=300ms") as db:
        found = db.execute(statement, values)
        return [value for (value,) in found] if found.description else []


def counted(place, query: str) -> int:
    """Return one of the server's counters, once the answer's sessions have ended and told theirs."""
    user = urlsplit(place.outside).username
    while ask(place, "SELECT count(*) FROM pg_stat_activity WHERE usename = %s", user) != [0]:
        pass
    return ask(place, query)[0]


@pytest.mark.points(2)
def test_a_row_is_looked_at_a_few_times(place):
    """However many batches there are, the server reads each row a few times; 18,000 rows have their cents already."""
    ask(place, "UPDATE seat SET price_cents = price * 100")
    more = "SELECT n, 1, 'Box', n, 1, 50, 'free', NULL, NULL, CASE WHEN n < 30000 THEN 5000 END FROM generate_series(%s::int, %s) n"
    ask(place, f"INSERT INTO seat {more}", 10_001, 28_000)
    ask(place, f"INSERT INTO seat {more}", 30_001, 30_400)
    ask(place, "ANALYZE seat")
    before = [counted(place, query) for query in (READ, WRITTEN)]
    assert answer.backfill(place.url, 40, lambda: None) == 400
    read, written = (counted(place, query) - number for query, number in zip((READ, WRITTEN), before, strict=True))
    assert read < 3 * 20_400, f"the server read {read:,} rows, each batch all those before it"
    assert written == 400, "each version of a row that was written in vain has to be vacuumed"


@pytest.mark.points(2)
def test_killed_it_goes_on(place, rng: random.Random):
    """When its session is killed in the middle, the next call writes what is missing, and nothing again."""
    pauses, last = [], rng.randrange(1, 4)

    def killed() -> None:
        pauses.append(1)
        if len(pauses) == last:
            user = urlsplit(place.outside).username
            ask(place, "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = %s", user)
            raise ConnectionAbortedError("the deployment was stopped")

    try:
        answer.backfill(place.url, 300, killed)
    except Exception:  # whichever of the two it meets first
        pauses.append(0)
    assert pauses[-1] == 0, "what went wrong reaches the caller: a deployment that ended early looks like one that is done"
    assert answer.backfill(place.url, 300, lambda: None) == SEATS - 300 * last, "what was committed is done"
    assert counted(place, WRITTEN) == SEATS


def test_nothing_to_do_is_no_pause(place):
    """A second call writes nothing, returns 0, and does not pause."""
    answer.backfill(place.url, 1_500, lambda: None)
    paused = []
    assert answer.backfill(place.url, 1_500, lambda: paused.append(1)) == 0
    assert paused == [], "a pause follows rows that were written"


def test_rows_come_and_go(place, rng: random.Random):
    """Rows that are deleted between two batches, or come with cents, change nothing for the others."""
    gone = rng.sample(range(1, SEATS), 300)
    insert = "INSERT INTO seat SELECT id + 5000, event_id, section, row_number + 99, number, price, 'free', NULL, NULL, 7 FROM seat WHERE id = %s"

    def pause() -> None:
        if gone:
            ask(place, "DELETE FROM seat WHERE id = ANY(%s)", gone)
            keep = next(number for number in range(SEATS, 0, -1) if number not in gone)
            gone.clear()
            ask(place, insert, keep)

    answer.backfill(place.url, 350, pause)
    left = ask(place, "SELECT count(*) FROM seat WHERE id <= 5000 AND price_cents IS DISTINCT FROM price * 100")
    came = ask(place, "SELECT price_cents FROM seat WHERE id > 5000")
    assert (left, came) == ([0], [7]), "a place that is counted moves with every row that goes"
