# Leaves the order in which the history is shown to a sort.
# fails: test_a_history_touches_ten_pages, test_a_sum_touches_the_orders_that_it_adds_up
# says: thirty orders are read and sorted
# exercise: databases.five-questions
import psycopg


def prepare(url: str) -> None:
    """Add the indexes that the five questions need; may be run again."""
    indexes = {
        "seat_cheapest": "seat (event_id, price) WHERE status = 'free'",
        "seat_expiry": "seat (held_until) WHERE status = 'held'",
        "orders_history": "orders (customer_id)",
        "customer_login": "customer (lower(email))",
    }
    with psycopg.connect(url) as db:
        for name, what in indexes.items():
            db.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {what}")
