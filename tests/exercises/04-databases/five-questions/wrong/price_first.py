# Puts the column that is sorted by before the one that is fixed.
# fails: test_a_nearly_sold_out_show_is_as_fast
# says: the cheap seats of other shows are read first
# exercise: databases.five-questions
import psycopg


def prepare(url: str) -> None:
    """Add the indexes that the five questions need; may be run again."""
    indexes = {
        "seat_cheapest": "seat (price, event_id) WHERE status = 'free'",
        "seat_expiry": "seat (held_until) WHERE status = 'held'",
        "orders_history": "orders (customer_id, placed_at)",
        "customer_login": "customer (lower(email))",
    }
    with psycopg.connect(url) as db:
        for name, what in indexes.items():
            db.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {what}")
