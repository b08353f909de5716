# Waits a millisecond, whatever patience it was given.
# fails: test_an_attempt_that_waits_is_served
# says: never meets the gap
# exercise: databases.polite-change
from collections.abc import Callable

import psycopg
from psycopg import errors


def change(url: str, statement: str, patience: int, attempts: int, pause: Callable[[], object]) -> int:
    """Run a statement that waits at most `patience` ms for a lock; return the attempts that it took."""
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("SET lock_timeout = 1")
        for attempt in range(1, attempts):
            try:
                db.execute(statement)
            except errors.LockNotAvailable:
                pause()
            else:
                return attempt
        db.execute(statement)
        return attempts
