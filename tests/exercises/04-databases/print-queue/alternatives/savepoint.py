# Removes the job first, within a transaction that ends after the work, and takes that back to a savepoint.
# exercise: databases.print-queue
from collections.abc import Callable

import psycopg


TAKE = """
    DELETE FROM job WHERE id = (
        SELECT min(id) FROM (SELECT id FROM job WHERE NOT failed ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1) first)
    RETURNING id, order_id, attempts"""


def work(url: str, do: Callable[[int], object]) -> bool:
    """Do one job of the queue; say whether there was one."""
    with psycopg.connect(url) as db:
        taken = db.execute(TAKE).fetchone()
        if taken is None:
            return False
        number, order, attempts = taken
        try:
            do(order)
        except Exception:
            db.execute("INSERT INTO job VALUES (%s, %s, %s, %s)", [number, order, attempts + 1, attempts == 2])
    return True
