"""Three events of sixty seats each, all free."""

import boxoffice
import psycopg


def load(url: str) -> None:
    """Fill an empty database."""
    boxoffice.load(url, boxoffice.Size(events=3, seats=60, customers=1, orders=0), ["venue", "event", "seat"])
    with psycopg.connect(url) as db:
        db.execute("UPDATE seat SET status = 'free', held_by = NULL, held_until = NULL")
