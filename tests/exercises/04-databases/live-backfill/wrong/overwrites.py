# Writes a batch of rows, whatever is there.
# fails: test_what_a_till_wrote_stays, test_a_locked_row_is_passed_by, test_killed_it_goes_on, test_nothing_to_do_is_no_pause, test_rows_come_and_go, test_a_row_is_looked_at_a_few_times
# says: sold at that price
# exercise: databases.live-backfill
from collections.abc import Callable

import psycopg


def backfill(url: str, size: int, pause: Callable[[], object]) -> int:
    """Give each seat without cents those of its price, at most `size` in a transaction; return how many were written."""
    written, last = 0, 0
    statement = """
        UPDATE seat SET price_cents = price * 100 WHERE id IN (
            SELECT id FROM seat WHERE id > %s ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
        ) RETURNING id"""
    with psycopg.connect(url, autocommit=True) as db:
        while rows := db.execute(statement, [last, size]).fetchall():
            written += len(rows)
            last = max(number for (number,) in rows)
            pause()
    return written
