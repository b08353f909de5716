# Keeps entries for sold seats, which the till never asks for.
# fails: test_they_are_small
# says: entries for rows that no question asks for
# exercise: databases.five-questions
import psycopg


def prepare(url: str) -> None:
    """Add the indexes that the five questions need; may be run again."""
    indexes = {
        "seat_cheapest": "seat (event_id, status, price)",
        "seat_expiry": "seat (held_until) WHERE status = 'held'",
        "orders_history": "orders (customer_id, placed_at)",
        "customer_login": "customer (lower(email))",
    }
    with psycopg.connect(url) as db:
        for name, what in indexes.items():
            db.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {what}")
