# Looks the last line up by its number, and finds nothing where it was deleted.
# fails: test_the_last_line_may_be_gone
# says: a value, not a row
# exercise: databases.latest-orders
from datetime import datetime

import psycopg


def page(url: str, after: tuple[int, datetime] | None = None, size: int = 20) -> list[tuple[int, datetime]]:
    where, values = "", []
    with psycopg.connect(url) as db:
        if after:
            last = db.execute("SELECT placed_at, id FROM orders WHERE id = %s", [after[0]]).fetchone()
            if last is None:
                return []
            where, values = "WHERE (placed_at, id) < (%s, %s)", [*last]
        query = f"SELECT id, placed_at FROM orders {where} ORDER BY placed_at DESC, id DESC LIMIT %s"
        return db.execute(query, [*values, size]).fetchall()
