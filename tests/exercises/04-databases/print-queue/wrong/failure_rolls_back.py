# Lets the exception end the transaction, so that nothing is counted.
# fails: test_a_failure_leaves_the_job, test_the_third_failure_is_the_last, test_a_failure_is_counted_for_its_own_job
# says: an order without tickets
# exercise: databases.print-queue
from collections.abc import Callable

import psycopg


def work(url: str, do: Callable[[int], object]) -> bool:
    with psycopg.connect(url) as db:
        job = db.execute(
            "SELECT id, order_id FROM job WHERE NOT failed ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"
        ).fetchone()
        if job is None:
            return False
        try:
            do(job[1])
            db.execute("DELETE FROM job WHERE id = %s", [job[0]])
        except psycopg.Error:
            raise
        except Exception:
            db.rollback()
    return True
