# Tries again whatever went wrong.
# fails: test_a_mistake_is_told_at_once
# says: no patience makes a wrong name right
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
            except psycopg.Error:
                if attempt == attempts:
                    raise
                pause()
            else:
                return attempt
    raise ValueError(attempts)
