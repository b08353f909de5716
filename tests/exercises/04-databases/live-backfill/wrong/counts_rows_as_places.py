# Takes a number of rows for a place in the table.
# fails: test_rows_come_and_go, test_a_row_is_looked_at_a_few_times
# says: a place that is counted moves
# exercise: databases.live-backfill
from collections.abc import Callable

import psycopg


def backfill(url: str, size: int, pause: Callable[[], object]) -> int:
    """Give each seat without cents those of its price, at most `size` in a transaction; return how many were written."""
    written, place = 0, 0
    rows = "SELECT id FROM seat ORDER BY id OFFSET %s LIMIT %s"
    statement = """
        UPDATE seat SET price_cents = price * 100 WHERE id IN (
            SELECT id FROM seat WHERE id = ANY(%s) AND price_cents IS NULL FOR UPDATE SKIP LOCKED
        )"""
    with psycopg.connect(url, autocommit=True) as db:
        while numbers := [number for (number,) in db.execute(rows, [place, size])]:
            if done := db.execute(statement, [numbers]).rowcount:
                written += done
                pause()
            place += size
    return written
