# Counts the rows before the page.
# fails: test_a_page_far_back_costs_what_the_first_costs
# says: entries for 20 lines
# exercise: databases.latest-orders
from datetime import datetime

import psycopg


def page(url: str, after: tuple[int, datetime] | None = None, size: int = 20) -> list[tuple[int, datetime]]:
    with psycopg.connect(url) as db:
        skip = 0
        if after:
            before = "SELECT count(*) FROM orders WHERE (placed_at, id) >= (%s, %s)"
            (skip,) = db.execute(before, [after[1], after[0]]).fetchone()
        query = "SELECT id, placed_at FROM orders ORDER BY placed_at DESC, id DESC LIMIT %s OFFSET %s"
        return db.execute(query, [size, skip]).fetchall()
