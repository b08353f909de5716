"""Five thousand orders, eight or nine of them in the same moment, and the index of the list."""

import boxoffice
import psycopg


def load(url: str) -> None:
    """Fill an empty database."""
    boxoffice.load(url, boxoffice.Size(events=2, seats=8, customers=50, orders=5_000))
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("UPDATE orders SET placed_at = date_trunc('day', placed_at, 'UTC')")
        db.execute("CREATE INDEX orders_feed ON orders (placed_at DESC, id DESC)")
        db.execute("VACUUM FULL orders")
        db.execute("VACUUM ANALYZE orders")
