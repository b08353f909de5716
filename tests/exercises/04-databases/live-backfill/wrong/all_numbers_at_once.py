# Notes all numbers before it begins.
# fails: test_what_a_till_wrote_stays, test_a_locked_row_is_passed_by
# says: sold at that price
# exercise: databases.live-backfill
from collections.abc import Callable

import psycopg


def backfill(url: str, size: int, pause: Callable[[], object]) -> int:
    """Give each seat without cents those of its price, at most `size` in a transaction; return how many were written."""
    written = 0
    with psycopg.connect(url, autocommit=True) as db:
        numbers = [number for (number,) in db.execute("SELECT id FROM seat WHERE price_cents IS NULL ORDER BY id")]
        for start in range(0, len(numbers), size):
            statement = "UPDATE seat SET price_cents = price * 100 WHERE id = ANY(%s)"
            written += db.execute(statement, [numbers[start : start + size]]).rowcount
            pause()
    return written
