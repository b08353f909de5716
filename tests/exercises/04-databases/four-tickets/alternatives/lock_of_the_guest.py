# A lock that stands for the guest at this show: purchases of one guest wait for each other, all others go on.
# exercise: databases.four-tickets
from collections.abc import Callable

import psycopg
from psycopg import errors

MOST = 4


def buy(url: str, guest: str, event: int, seats: list[int], ask: Callable[[], object]) -> bool:
    """Sell seats of an event to a guest, all or none; say whether they were sold."""
    with psycopg.connect(url) as db:
        db.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [event, guest])
        (has,) = db.execute(
            "SELECT count(*) FROM seat WHERE event_id = %s AND held_by = %s AND status = 'sold'", [event, guest]
        ).fetchone()
        if has + len(seats) > MOST:
            return False
        ask()

        found = db.execute(
            "SELECT id FROM seat WHERE id = ANY(%s) AND event_id = %s AND status = 'free' ORDER BY id FOR UPDATE",
            [seats, event],
        ).fetchall()
        if len(found) < len(seats):
            return False
        db.execute("UPDATE seat SET status = 'sold', held_by = %s WHERE id = ANY(%s) AND event_id = %s AND status = 'free'", [guest, seats, event])
        return True
