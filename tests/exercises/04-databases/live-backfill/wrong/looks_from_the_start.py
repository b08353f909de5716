# Looks for the next batch from the start of the table.
# fails: test_a_row_is_looked_at_a_few_times
# says: each batch all those before it
# exercise: databases.live-backfill
from collections.abc import Callable

import psycopg


def backfill(url: str, size: int, pause: Callable[[], object]) -> int:
    """Give each seat without cents those of its price, at most `size` in a transaction; return how many were written."""
    written = 0
    statement = """
        UPDATE seat SET price_cents = price * 100 WHERE id IN (
            SELECT id FROM seat WHERE price_cents IS NULL ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
        )"""
    with psycopg.connect(url, autocommit=True) as db:
        while rows := db.execute(statement, [size]).rowcount:
            written += rows
            pause()
    return written
