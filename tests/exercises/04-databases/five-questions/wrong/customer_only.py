# Leaves the order in which the history is shown to a sort.
# fails: test_a_history_touches_ten_pages, test_a_sum_touches_the_orders_that_it_adds_up
# says: thirty orders are read and sorted
# exercise: databases.five-questions
import psycopg


def prepare(url: str) -> None:
    """Add the indexes that the five questions need; may be run again."""
    with psycopg.connect(url) as db:
        db.execute("CREATE INDEX IF NOT EXISTS seat_cheapest ON seat (event_id, price) WHERE status = 'free'")
        db.execute("CREATE INDEX IF NOT EXISTS seat_expiry ON seat (held_until) WHERE status = 'held'")
        db.execute("CREATE INDEX IF NOT EXISTS orders_history ON orders (customer_id)")
        db.execute("CREATE INDEX IF NOT EXISTS customer_login ON customer (lower(email))")
