# Makes an index of its own for a question that another one answers.
# fails: test_four_indexes_do, test_they_are_small
# says: two of the questions can share one
# exercise: databases.five-questions
import psycopg


def prepare(url: str) -> None:
    """Add the indexes that the five questions need; may be run again."""
    with psycopg.connect(url) as db:
        db.execute("CREATE INDEX IF NOT EXISTS seat_cheapest ON seat (event_id, price) WHERE status = 'free'")
        db.execute("CREATE INDEX IF NOT EXISTS seat_expiry ON seat (held_until) WHERE status = 'held'")
        db.execute("CREATE INDEX IF NOT EXISTS orders_history ON orders (customer_id, placed_at)")
        db.execute("CREATE INDEX IF NOT EXISTS orders_customer ON orders (customer_id)")
        db.execute("CREATE INDEX IF NOT EXISTS customer_login ON customer (lower(email))")
