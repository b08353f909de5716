"""`python3 -m catalogue.migrate`: give every seat the column `accessible`, never null: the first two of each row are.

In steps that each hold a lock for an instant, and that a second run takes up where the first one broke off.
"""

from __future__ import annotations

from typing import Any

import psycopg

from catalogue import stores

BATCH = 5_000


def main() -> None:
    """Bring the table to the new form."""
    with psycopg.connect(stores.POSTGRES, autocommit=True) as connection:
        connection.execute("SET lock_timeout = '200ms'")
        _patiently(connection, "ALTER TABLE seat ADD COLUMN IF NOT EXISTS accessible boolean")
        # from here on new rows have a value, and the rows below get theirs a batch at a time
        _patiently(connection, "ALTER TABLE seat ALTER COLUMN accessible SET DEFAULT false")
        [last] = connection.execute("SELECT max(id) FROM seat").fetchone() or [0]
        for first in range(1, last + 1, BATCH):
            connection.execute(
                "UPDATE seat SET accessible = number <= 2 WHERE id BETWEEN %s AND %s AND accessible IS NULL",
                [first, first + BATCH - 1],
            )
        if not _known(connection):
            _patiently(
                connection, "ALTER TABLE seat ADD CONSTRAINT accessible_known CHECK (accessible IS NOT NULL) NOT VALID"
            )
        connection.execute("ALTER TABLE seat VALIDATE CONSTRAINT accessible_known")  # reads, and keeps nobody from writing
        _patiently(connection, "ALTER TABLE seat ALTER COLUMN accessible SET NOT NULL")  # believes the constraint
        _patiently(connection, "ALTER TABLE seat DROP CONSTRAINT accessible_known")


def _known(connection: psycopg.Connection[Any]) -> bool:
    found = connection.execute("SELECT 1 FROM pg_constraint WHERE conname = 'accessible_known'").fetchone()
    return found is not None


def _patiently(connection: psycopg.Connection[Any], statement: str) -> None:
    """Try until the lock is had at once: whoever waits for it long makes everybody else wait behind."""
    while True:
        try:
            connection.execute(statement)
            return
        except psycopg.errors.LockNotAvailable:
            continue


if __name__ == "__main__":
    main()
