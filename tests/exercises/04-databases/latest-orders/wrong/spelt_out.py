# Spells the comparison out, so that the index has no place to begin at.
# fails: test_a_page_far_back_costs_what_the_first_costs
# says: entries for 20 lines
# exercise: databases.latest-orders
from datetime import datetime

import psycopg


def page(url: str, after: tuple[int, datetime] | None = None, size: int = 20) -> list[tuple[int, datetime]]:
    where, values = "", []
    if after:
        where, values = "WHERE placed_at < %s OR (placed_at = %s AND id < %s)", [after[1], after[1], after[0]]
    with psycopg.connect(url) as db:
        query = f"SELECT id, placed_at FROM orders {where} ORDER BY placed_at DESC, id DESC LIMIT %s"
        return db.execute(query, [*values, size]).fetchall()
