# Expects an empty place every time.
# fails: test_the_night_may_run_it_again
# says: DuplicateTable
# exercise: databases.five-questions
import psycopg


def prepare(url: str) -> None:
    """Add the indexes that the five questions need; may be run again."""
    with psycopg.connect(url) as db:
        db.execute("CREATE INDEX seat_cheapest ON seat (event_id, price) WHERE status = 'free'")
        db.execute("CREATE INDEX seat_expiry ON seat (held_until) WHERE status = 'held'")
        db.execute("CREATE INDEX orders_history ON orders (customer_id, placed_at)")
        db.execute("CREATE INDEX customer_login ON customer (lower(email))")
