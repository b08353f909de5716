# Waits for every row that somebody has locked.
# fails: test_a_locked_row_is_passed_by
# says: longer than the time limit
# exercise: databases.live-backfill
from collections.abc import Callable

import psycopg


def backfill(url: str, size: int, pause: Callable[[], object]) -> int:
    """Give each seat without cents those of its price, at most `size` in a transaction; return how many were written."""
    written, last = 0, 0
    statement = """
        UPDATE seat SET price_cents = price * 100 WHERE id IN (
            SELECT id FROM seat WHERE price_cents IS NULL AND id > %s ORDER BY id LIMIT %s FOR UPDATE
        ) RETURNING id"""
    with psycopg.connect(url, autocommit=True) as db:
        while rows := db.execute(statement, [last, size]).fetchall():
            written += len(rows)
            last = max(number for (number,) in rows)
            pause()
    return written
