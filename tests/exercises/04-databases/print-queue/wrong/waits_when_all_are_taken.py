# Where every job is taken, waits for one of them.
# fails: test_an_empty_queue_says_so_at_once
# says: stopped
# exercise: databases.print-queue
from collections.abc import Callable

import psycopg


TAKE = "SELECT id, order_id FROM job WHERE NOT failed ORDER BY id LIMIT 1 FOR UPDATE"


def work(url: str, do: Callable[[int], object]) -> bool:
    with psycopg.connect(url) as db:
        job = db.execute(f"{TAKE} SKIP LOCKED").fetchone() or db.execute(TAKE).fetchone()
        if job is None:
            return False
        try:
            do(job[1])
        except Exception:
            db.execute("UPDATE job SET attempts = attempts + 1, failed = attempts + 1 >= 3 WHERE id = %s", [job[0]])
        else:
            db.execute("DELETE FROM job WHERE id = %s", [job[0]])
    return True
