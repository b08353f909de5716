# Chooses and locks the rows first, and writes them by their numbers.
# exercise: databases.live-backfill
from collections.abc import Callable

import psycopg


def backfill(url: str, size: int, pause: Callable[[], object]) -> int:
    """Give each seat without cents those of its price, at most `size` in a transaction; return how many were written."""
    written, last = 0, -1
    choose = "SELECT id FROM seat WHERE price_cents IS NULL AND id > %s ORDER BY id LIMIT %s FOR NO KEY UPDATE SKIP LOCKED"
    with psycopg.connect(url) as db:
        while True:
            with db.transaction():
                numbers = [number for (number,) in db.execute(choose, [last, size])]
                db.execute("UPDATE seat SET price_cents = round(price * 100) WHERE id = ANY(%s)", [numbers])
            if not numbers:
                return written
            written, last = written + len(numbers), numbers[-1]
            pause()
