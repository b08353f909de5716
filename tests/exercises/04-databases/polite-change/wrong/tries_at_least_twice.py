# Takes it for granted that there is a second attempt.
# fails: test_one_attempt_is_one
# says: no next attempt to pause for
# exercise: databases.polite-change
from collections.abc import Callable

import psycopg
from psycopg import errors


def change(url: str, statement: str, patience: int, attempts: int, pause: Callable[[], object]) -> int:
    """Run a statement that waits at most `patience` ms for a lock; return the attempts that it took."""
    with psycopg.connect(url, autocommit=True) as db:
        db.execute(f"SET lock_timeout = {patience}")
        attempt = 1
        while True:
            try:
                db.execute(statement)
                return attempt
            except errors.LockNotAvailable:
                attempt += 1
                if attempt > max(attempts, 2):
                    raise
                pause()
