# Counts the pauses and not the attempts.
# fails: test_the_last_attempt_tells, test_one_attempt_is_one
# says: a pause after the last
# exercise: databases.polite-change
from collections.abc import Callable

import psycopg
from psycopg import errors


def change(url: str, statement: str, patience: int, attempts: int, pause: Callable[[], object]) -> int:
    """Run a statement that waits at most `patience` ms for a lock; return the attempts that it took."""
    with psycopg.connect(url, autocommit=True) as db:
        db.execute(f"SET lock_timeout = {patience}")
        for attempt in range(1, attempts + 1):
            try:
                db.execute(statement)
            except errors.LockNotAvailable:
                pause()
            else:
                return attempt
        db.execute(statement)
        return attempts + 1
