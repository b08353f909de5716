# Drops the constraint whose index begins with the same column.
# fails: test_what_was_promised_stays_promised
# says: an index is no reason to lose a rule
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
        db.execute("ALTER TABLE seat DROP CONSTRAINT IF EXISTS uq_seat_event_id_section_row_number_number")
        for name, what in indexes.items():
            db.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {what}")
