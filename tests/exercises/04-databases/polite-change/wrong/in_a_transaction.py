# Lets psycopg begin a transaction for each attempt.
# fails: test_what_refuses_a_transaction_is_run
# says: asked for outside of transactions
# exercise: databases.polite-change
from collections.abc import Callable

import psycopg
from psycopg import errors


def change(url: str, statement: str, patience: int, attempts: int, pause: Callable[[], object]) -> int:
    """Run a statement that waits at most `patience` ms for a lock; return the attempts that it took."""
    for attempt in range(1, attempts + 1):
        try:
            with psycopg.connect(url, options=f"-c lock_timeout={patience}") as db:
                db.execute(statement)
            return attempt
        except errors.LockNotAvailable:
            if attempt == attempts:
                raise
            pause()
    raise ValueError(attempts)
