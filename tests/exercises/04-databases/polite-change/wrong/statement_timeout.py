# Stops the wrong clock.
# fails: test_what_has_its_lock_takes_its_time
# says: patience is for waiting
# exercise: databases.polite-change
from collections.abc import Callable

import psycopg
from psycopg import errors


def change(url: str, statement: str, patience: int, attempts: int, pause: Callable[[], object]) -> int:
    """Run a statement that waits at most `patience` ms for a lock; return the attempts that it took."""
    with psycopg.connect(url, autocommit=True) as db:
        db.execute(f"SET statement_timeout = {patience}")
        for attempt in range(1, attempts + 1):
            try:
                db.execute(statement)
            except errors.QueryCanceled:
                if attempt < attempts:
                    pause()
            else:
                return attempt
    raise errors.LockNotAvailable(f"no lock in {attempts} attempts")
