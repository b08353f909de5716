# Goes back to a savepoint, and keeps its transaction while it pauses.
# fails: test_nobody_waits_behind_a_pause, test_what_refuses_a_transaction_is_run
# says: it holds what it has while it pauses
# exercise: databases.polite-change
from collections.abc import Callable

import psycopg
from psycopg import errors


def change(url: str, statement: str, patience: int, attempts: int, pause: Callable[[], object]) -> int:
    """Run a statement that waits at most `patience` ms for a lock; return the attempts that it took."""
    with psycopg.connect(url) as db:
        db.execute(f"SET lock_timeout = {patience}")
        for attempt in range(1, attempts + 1):
            try:
                with db.transaction():
                    db.execute(statement)
            except errors.LockNotAvailable:
                if attempt == attempts:
                    raise
                pause()
            else:
                return attempt
    raise ValueError(attempts)
