"""What the pool recorded in two minutes of the sale, when it had four sessions."""

import random

import psycopg

SESSIONS = 4


def rows() -> list[tuple[int, int, int, int]]:
    """Return id, asked, lent and returned."""
    chance, asked, free, made = random.Random("three minutes past ten"), 0.0, [0] * SESSIONS, []
    while asked < 120_000:
        asked += chance.expovariate(1 / (12 if 40_000 < asked < 55_000 else 30))
        at = min(range(SESSIONS), key=free.__getitem__)
        lent = max(round(asked), free[at])
        free[at] = lent + round(chance.choice((15, 40, 40, 90, 260)) * chance.uniform(0.8, 1.3))
        made.append((round(asked), lent, free[at]))
    return [(number, *row) for number, row in enumerate(made, 1)]


def load(url: str) -> None:
    """Fill an empty place."""
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE lending (id int PRIMARY KEY, asked_ms int NOT NULL, lent_ms int NOT NULL, returned_ms int NOT NULL)"
        )
        with cursor.copy("COPY lending FROM STDIN") as copy:
            for row in rows():
                copy.write_row(row)
