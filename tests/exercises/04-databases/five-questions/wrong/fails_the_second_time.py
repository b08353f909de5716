# Expects an empty place every time.
# fails: test_the_night_may_run_it_again
# says: DuplicateTable
# exercise: databases.five-questions
import psycopg


def prepare(url: str) -> None:
    """Add the indexes that the five questions need; may be run again."""
    indexes = {
        "seat_cheapest": "seat (event_id, price) WHERE status = 'free'",
        "seat_expiry": "seat (held_until) WHERE status = 'held'",
        "orders_history": "orders (customer_id, placed_at)",
        "customer_login": "customer (lower(email))",
    }
    with psycopg.connect(url) as db:
        for name, what in indexes.items():
            db.execute(f"CREATE INDEX {name} ON {what}")
