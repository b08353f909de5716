# Locks the job, and waits for that of another worker.
# fails: test_another_worker_gets_another_job, test_an_empty_queue_says_so_at_once, test_a_failure_is_counted_for_its_own_job
# says: stopped
# exercise: databases.print-queue
from collections.abc import Callable

import psycopg


def work(url: str, do: Callable[[int], object]) -> bool:
    with psycopg.connect(url) as db:
        job = db.execute("SELECT id, order_id FROM job WHERE NOT failed ORDER BY id LIMIT 1 FOR UPDATE").fetchone()
        if job is None:
            return False
        try:
            do(job[1])
        except Exception:
            db.execute("UPDATE job SET attempts = attempts + 1, failed = attempts + 1 >= 3 WHERE id = %s", [job[0]])
        else:
            db.execute("DELETE FROM job WHERE id = %s", [job[0]])
    return True
