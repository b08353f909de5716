# Counts a failure for the first job of the queue, which somebody else has.
# fails: test_a_failure_is_counted_for_its_own_job
# says: stopped
# exercise: databases.print-queue
from collections.abc import Callable

import psycopg


FIRST = "(SELECT min(id) FROM job WHERE NOT failed)"


def work(url: str, do: Callable[[int], object]) -> bool:
    with psycopg.connect(url) as db:
        job = db.execute(
            "SELECT id, order_id FROM job WHERE NOT failed ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"
        ).fetchone()
        if job is None:
            return False
        try:
            do(job[1])
        except Exception:
            db.execute(f"UPDATE job SET attempts = attempts + 1, failed = attempts + 1 >= 3 WHERE id = {FIRST}")
        else:
            db.execute("DELETE FROM job WHERE id = %s", [job[0]])
    return True
