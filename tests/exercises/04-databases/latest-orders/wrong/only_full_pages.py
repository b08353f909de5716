# Takes a short page for the end of the list.
# fails: test_the_list_ends
# says: the last page is short
# exercise: databases.latest-orders
from datetime import datetime

import psycopg


def page(url: str, after: tuple[int, datetime] | None = None, size: int = 20) -> list[tuple[int, datetime]]:
    where, values = ("WHERE (placed_at, id) < (%s, %s)", [after[1], after[0]]) if after else ("", [])
    with psycopg.connect(url) as db:
        query = f"SELECT id, placed_at FROM orders {where} ORDER BY placed_at DESC, id DESC LIMIT %s"
        found = db.execute(query, [*values, size]).fetchall()
        return found if len(found) == size else []
