# Drops the constraint whose index begins with the same column.
# fails: test_what_was_promised_stays_promised
# says: an index is no reason to lose a rule
# exercise: databases.five-questions
import psycopg


def prepare(url: str) -> None:
    """Add the indexes that the five questions need; may be run again."""
    with psycopg.connect(url) as db:
        db.execute("ALTER TABLE seat DROP CONSTRAINT IF EXISTS uq_seat_event_id_section_row_number_number")
        db.execute("CREATE INDEX IF NOT EXISTS seat_cheapest ON seat (event_id, price) WHERE status = 'free'")
        db.execute("CREATE INDEX IF NOT EXISTS seat_expiry ON seat (held_until) WHERE status = 'held'")
        db.execute("CREATE INDEX IF NOT EXISTS orders_history ON orders (customer_id, placed_at)")
        db.execute("CREATE INDEX IF NOT EXISTS customer_login ON customer (lower(email))")
