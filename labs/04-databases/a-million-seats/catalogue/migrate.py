"""`python3 -m catalogue.migrate`: give every seat the column `accessible`, never null: the first two of each row are."""

from __future__ import annotations

import psycopg

from catalogue import stores


def main() -> None:
    """Bring the table to the new form."""
    with psycopg.connect(stores.POSTGRES) as connection:
        connection.execute("ALTER TABLE seat ADD COLUMN accessible boolean")
        connection.execute("UPDATE seat SET accessible = number <= 2")
        connection.execute("ALTER TABLE seat ALTER COLUMN accessible SET NOT NULL")


if __name__ == "__main__":
    main()
