"""Fill the stores with the world of the course, once."""

from __future__ import annotations

import time

from boxoffice import Size, documents, load
from catalogue import search, stores

SIZE = Size(events=200, seats=5_000, customers=20_000, orders=40_000)


def fill() -> None:
    """Load a million seats and what belongs to them, unless a run before this one did."""
    with stores.postgres().connection() as connection:
        known = connection.execute("SELECT to_regclass('loaded') IS NOT NULL").fetchone()
    if known == (True,):
        return
    began = time.monotonic()
    load(stores.POSTGRES, SIZE)
    stores.mongodb().venue.drop()
    stores.mongodb().venue.insert_many(list(documents.venues(SIZE)))
    search.fill(documents.events(SIZE))
    with stores.postgres().connection() as connection:
        connection.execute("CREATE TABLE loaded AS SELECT now() AS at")
    print(f"loaded in {time.monotonic() - began:.1f} s", flush=True)
