# Indexes the address, not what the login compares.
# fails: test_a_login_touches_four_pages
# says: every login reads all customers
# exercise: databases.five-questions
import psycopg


def prepare(url: str) -> None:
    """Add the indexes that the five questions need; may be run again."""
    indexes = {
        "seat_cheapest": "seat (event_id, price) WHERE status = 'free'",
        "seat_expiry": "seat (held_until) WHERE status = 'held'",
        "orders_history": "orders (customer_id, placed_at)",
        "customer_login": "customer (email)",
    }
    with psycopg.connect(url) as db:
        for name, what in indexes.items():
            db.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {what}")
