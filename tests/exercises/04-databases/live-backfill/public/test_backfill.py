import random
from urllib.parse import urlsplit

import answer
import psycopg
import pytest

pytestmark = pytest.mark.writes
SEATS = 2_000
WRONG = "SELECT count(*) FROM seat WHERE price_cents IS DISTINCT FROM price * 100"


def ask(place, statement: str, *values: object) -> list:
    with psycopg.connect(place.admin, autocommit=True, options="-c lock_timeout=300ms") as db:
        found = db.execute(statement, values)
        return [value for (value,) in found] if found.description else []


def test_every_row_gets_its_cents(place, rng: random.Random):
    """Afterwards each row has the cents of its price, and the number of written rows is returned."""
    assert answer.backfill(place.url, rng.randrange(300, 900), lambda: None) == SEATS
    assert ask(place, WRONG) == [0], "a seat has another price in cents than in euros"


@pytest.mark.points(2)
def test_a_transaction_writes_a_batch(place, rng: random.Random):
    """Between two pauses at most `size` rows are written, in the order of their id, and they are committed."""
    size, seen = rng.randrange(250, 450), []

    def pause() -> None:
        seen.append(ask(place, "SELECT count(*) FROM seat WHERE price_cents IS NOT NULL")[0])
        gaps = "SELECT count(*) FROM seat WHERE price_cents IS NOT NULL AND id > %s"
        assert ask(place, gaps, seen[-1]) == [0], "the rows were not taken in the order of their id"

    answer.backfill(place.url, size, pause)
    batches = [*range(size, SEATS, size), SEATS]
    assert seen == batches, f"with batches of {size} there are so many rows at the pauses"


@pytest.mark.points(2)
def test_nothing_is_locked_in_a_pause(place, rng: random.Random):
    """While `pause` runs, a till sells any seat at once, and no transaction is open."""
    states = set()

    def pause() -> None:
        ask(place, "UPDATE seat SET held_by = held_by WHERE id = ANY(%s)", rng.sample(range(1, SEATS), 5))
        user = urlsplit(place.outside).username
        states.update(ask(place, "SELECT state FROM pg_stat_activity WHERE usename = %s", user))

    answer.backfill(place.url, 700, pause)
    assert [state for state in states if "transaction" in (state or "")] == [], "a pause with a transaction is no pause"


def test_what_a_till_wrote_stays(place, rng: random.Random):
    """A row that has cents keeps them, whether they were there before or came while you worked."""
    early, late = rng.randrange(1, 500), rng.randrange(1_000, 2_000)
    ask(place, "UPDATE seat SET price_cents = 1 WHERE id = %s", early)
    written = answer.backfill(
        place.url, 400, lambda: ask(place, "UPDATE seat SET price_cents = 2 WHERE id = %s", late)
    )
    kept = ask(place, "SELECT price_cents FROM seat WHERE id IN (%s, %s) ORDER BY id", early, late)
    assert (kept, written) == ([1, 2], SEATS - 2), "the new release sold at that price"


@pytest.mark.points(2)
def test_a_locked_row_is_passed_by(place, rng: random.Random):
    """A row that a till has locked is left for the next call; all others are written."""
    seat = rng.randrange(1, SEATS)
    with psycopg.connect(place.outside) as till:
        till.execute("SELECT FROM seat WHERE id = %s FOR UPDATE", [seat])
        written = answer.backfill(place.url, 600, lambda: None)
        assert written == SEATS - 1, "one customer thinks, and the whole table waits"
    assert answer.backfill(place.url, 600, lambda: None) == 1
    assert ask(place, WRONG) == [0]
