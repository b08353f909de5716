"""Two events with a hundred seats each, and a list of visitors."""

import psycopg

from boxoffice import Size
from boxoffice import load as load_world


def load(url: str) -> None:
    """Fill an empty place."""
    load_world(url, Size(events=2, seats=100, customers=10, orders=0), ["venue", "event", "seat"])
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE seat SET status = 'free', held_by = NULL, held_until = NULL WHERE event_id = 2")
        connection.execute("CREATE TABLE visit (seat bigint NOT NULL)")
