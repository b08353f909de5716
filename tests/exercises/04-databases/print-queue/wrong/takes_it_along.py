# Removes the job before it is done: who dies, or fails, takes it along.
# fails: test_a_failure_leaves_the_job, test_a_worker_that_dies_leaves_the_job_as_it_was, test_the_third_failure_is_the_last, test_a_failure_is_counted_for_its_own_job
# says: an order without tickets
# exercise: databases.print-queue
from collections.abc import Callable

import psycopg


def work(url: str, do: Callable[[int], object]) -> bool:
    with psycopg.connect(url) as db:
        job = db.execute(
            "DELETE FROM job WHERE id = (SELECT id FROM job WHERE NOT failed ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)"
            " RETURNING id, order_id"
        ).fetchone()
        db.commit()
        if job is None:
            return False
        try:
            do(job[1])
        except Exception:
            pass
        db.execute("SELECT 1")
    return True
