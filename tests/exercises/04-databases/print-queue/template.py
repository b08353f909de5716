"""A queue of six jobs; the second has failed for good."""

import psycopg


def load(url: str) -> None:
    """Fill an empty database."""
    with psycopg.connect(url) as db:
        db.execute(
            "CREATE TABLE job (id int PRIMARY KEY, order_id int NOT NULL, attempts int NOT NULL DEFAULT 0,"
            " failed boolean NOT NULL DEFAULT false)"
        )
        db.execute(
            "INSERT INTO job SELECT n, 100 * n, CASE n WHEN 2 THEN 3 ELSE 0 END, n = 2 FROM generate_series(1, 6) n"
        )
