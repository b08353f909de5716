# Returns when the index is there.
# fails: test_the_morning_after_the_job_is_as_fast
# says: the job changed rows all over the table
# exercise: databases.covering-index
from decimal import Decimal

import psycopg


def prepare(url: str) -> None:
    """Build the index where it is missing or broken, and let it answer alone; may run at any time, beside sales."""
    with psycopg.connect(url, autocommit=True) as db:
        state = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('orders_turnover')"
        if db.execute(state).fetchone() == (False,):
            db.execute("DROP INDEX CONCURRENTLY orders_turnover")
        if db.execute(state).fetchone():
            return
        db.execute("""
            CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_turnover
            ON orders (event_id) INCLUDE (total) WHERE status = 'paid'""")
        db.execute("VACUUM orders")


def turnover(url: str, event: int) -> tuple[int, Decimal]:
    """Return number and sum of a show's paid orders; (0, Decimal("0.00")) where there are none."""
    sums = "SELECT count(*), coalesce(sum(total), 0.00) FROM orders WHERE event_id = %s AND status = 'paid'"
    with psycopg.connect(url) as db:
        return db.execute(sums, [event]).fetchone()
