"""Two thousand seats without cents, on pages with room for a second version of each row."""

import psycopg

from boxoffice import Size
from boxoffice import load as load_world


def load(url: str) -> None:
    """Fill an empty place."""
    load_world(url, Size(events=4, seats=500, customers=10, orders=0), ["venue", "event", "seat"])
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("ALTER TABLE seat SET (fillfactor = 45)")
        db.execute("ALTER TABLE seat ADD COLUMN price_cents int")
        db.execute("CREATE INDEX by_number ON seat (number, id)")
        db.execute("CLUSTER seat USING by_number")  # rows do not lie in the order of their ids
        db.execute("DROP INDEX by_number")
        db.execute("VACUUM ANALYZE seat")
