"""Twenty shows with 6,000 orders, on pages that have room for updates."""

import psycopg

import boxoffice


def load(url: str) -> None:
    """Fill an empty database."""
    boxoffice.load(url, boxoffice.Size(events=20, seats=4, customers=500, orders=6_000))
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("ALTER TABLE orders SET (fillfactor = 80)")
        db.execute("VACUUM (FULL, ANALYZE) orders")
