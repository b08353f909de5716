import threading
import time
from urllib.parse import urlsplit

import psycopg
import pytest

from course.checks import inside

pytestmark = pytest.mark.writes
ADD = "ALTER TABLE seat ADD COLUMN gate text"


def test_what_refuses_a_transaction_is_run(place):
    """`CREATE INDEX CONCURRENTLY` and `VACUUM`, which refuse to be in a transaction, are run like all others."""
    paused = []
    index = "CREATE INDEX CONCURRENTLY by_status ON seat (status)"
    tried = [inside("change", place.url, each, 500, 2, lambda: paused.append(1)) for each in (index, "VACUUM seat")]
    with psycopg.connect(place.admin) as db:
        found = db.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('by_status')").fetchone()
    assert (tried, found, paused) == ([1, 1], (True,), []), "the lock that hurts least is asked for outside of transactions"


def test_one_attempt_is_one(place):
    """With a single attempt there is no pause: it is made, or LockNotAvailable is raised."""
    paused = []
    with psycopg.connect(place.outside) as report:
        report.execute("SELECT count(*) FROM seat")
        tried = [inside("change", place.url, ADD, 30, 1, lambda: paused.append(1))]
    tried += [inside("change", place.url, ADD, 30, 1, lambda: paused.append(1))]
    assert (tried, paused) == (["LockNotAvailable", 1], []), "there is no next attempt to pause for"


def test_an_attempt_that_waits_is_served(place):
    """An attempt does wait: a report that ends meanwhile lets it through, without a pause."""
    paused, user = [], urlsplit(place.outside).username
    report = psycopg.connect(place.outside)
    report.execute("SELECT count(*) FROM seat")

    def ends_when_somebody_waits() -> None:
        query = "SELECT count(*) FROM pg_stat_activity WHERE usename = %s AND wait_event_type = 'Lock'"
        with psycopg.connect(place.admin, autocommit=True) as admin:
            for _ in range(300):
                if admin.execute(query, [user]).fetchone() != (0,):
                    break
                time.sleep(0.01)
        report.close()

    thread = threading.Thread(target=ends_when_somebody_waits)
    thread.start()
    done = inside("change", place.url, ADD, 8_000, 2, lambda: paused.append(1))
    thread.join()
    assert (done, paused) == (1, []), "whoever does not wait at all never meets the gap between two readers"
