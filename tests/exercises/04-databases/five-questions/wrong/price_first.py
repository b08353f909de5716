# Puts the column that is sorted by before the one that is fixed.
# fails: test_a_nearly_sold_out_show_is_as_fast
# says: the cheap seats of other shows are read first
# exercise: databases.five-questions
import psycopg


def prepare(url: str) -> None:
    """Add the indexes that the five questions need; may be run again."""
    with psycopg.connect(url) as db:
        db.execute("CREATE INDEX IF NOT EXISTS seat_cheapest ON seat (price, event_id) WHERE status = 'free'")
        db.execute("CREATE INDEX IF NOT EXISTS seat_expiry ON seat (held_until) WHERE status = 'held'")
        db.execute("CREATE INDEX IF NOT EXISTS orders_history ON orders (customer_id, placed_at)")
        db.execute("CREATE INDEX IF NOT EXISTS customer_login ON customer (lower(email))")
