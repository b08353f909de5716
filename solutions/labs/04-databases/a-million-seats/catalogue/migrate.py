"""`python3 -m catalogue.migrate`: give every seat the column `accessible`, never null: the first two of each row are.

A constant default costs the table nothing: PostgreSQL notes it and rewrites no row. The rest is data, a batch at a time;
a second run takes up where the first one broke off.
"""

from __future__ import annotations

import contextlib

import psycopg

from catalogue import stores

BATCH = 20_000
COLUMN = "ALTER TABLE seat ADD COLUMN IF NOT EXISTS accessible boolean NOT NULL DEFAULT false"


def main() -> None:
    """Bring the table to the new form."""
    with psycopg.connect(stores.POSTGRES, autocommit=True) as connection:
        # Whoever waits for this lock makes everybody else wait behind: rather not have it, and ask again.
        connection.execute("SET lock_timeout = '200ms'")
        while not _has_column(connection):
            with contextlib.suppress(psycopg.errors.LockNotAvailable):
                connection.execute(COLUMN)
        connection.execute("SET lock_timeout = 0")
        [last] = connection.execute("SELECT max(id) FROM seat").fetchone() or [0]
        for first in range(1, last + 1, BATCH):
            connection.execute(
                "UPDATE seat SET accessible = true WHERE id BETWEEN %s AND %s AND number <= 2 AND NOT accessible",
                [first, first + BATCH - 1],
            )


def _has_column(connection: psycopg.Connection[tuple[int]]) -> bool:
    query = (
        "SELECT 1 FROM pg_attribute WHERE attrelid = 'seat'::regclass AND attname = 'accessible' AND NOT attisdropped"
    )
    return connection.execute(query).fetchone() is not None


if __name__ == "__main__":
    main()
