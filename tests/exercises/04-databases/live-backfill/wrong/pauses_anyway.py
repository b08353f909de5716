# Pauses after its first look, also if there was nothing to do.
# fails: test_nothing_to_do_is_no_pause
# says: a pause follows rows
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
    with psycopg.connect(url, autocommit=True) as db:
        while True:
            rows = db.execute(statement, [last, size]).fetchall()
            if not rows and last:
                return written
            written += len(rows)
            last = max((number for (number,) in rows), default=1)
            pause()
