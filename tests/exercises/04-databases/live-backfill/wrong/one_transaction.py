# Has its batches in one transaction, which ends when all is done.
# fails: test_a_transaction_writes_a_batch, test_nothing_is_locked_in_a_pause, test_killed_it_goes_on, test_rows_come_and_go
# says: so many rows at the pauses
# exercise: databases.live-backfill
from collections.abc import Callable

import psycopg


def backfill(url: str, size: int, pause: Callable[[], object]) -> int:
    """Give each seat without cents those of its price, at most `size` in a transaction; return how many were written."""
    written, last = 0, 0
    statement = """
        UPDATE seat SET price_cents = price * 100 WHERE id IN (
            SELECT id FROM seat WHERE price_cents IS NULL AND id > %s ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
        ) RETURNING id"""
    with psycopg.connect(url) as db:
        while rows := db.execute(statement, [last, size]).fetchall():
            written += len(rows)
            last = max(number for (number,) in rows)
            pause()
    return written
