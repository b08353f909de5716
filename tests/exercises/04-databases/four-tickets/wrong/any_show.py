# Sells whatever seat is named.
# fails: test_a_seat_of_another_show_is_not_sold
# says: seat 1 is of show 1
# exercise: databases.four-tickets
from collections.abc import Callable

import psycopg
from psycopg import errors

MOST = 4


def buy(url: str, guest: str, event: int, seats: list[int], ask: Callable[[], object]) -> bool:
    with psycopg.connect(url) as db:
        db.isolation_level = psycopg.IsolationLevel.SERIALIZABLE
        while True:
            try:
                (has,) = db.execute(
                    "SELECT count(*) FROM seat WHERE event_id = %s AND held_by = %s AND status = 'sold'", [event, guest]
                ).fetchone()
                if has + len(seats) > MOST:
                    return False
                ask()
                if db.execute("UPDATE seat SET status = 'sold', held_by = %s WHERE id = ANY(%s) AND status = 'free'", [guest, seats]).rowcount < len(seats):
                    db.rollback()
                    return False
                db.commit()
                return True
            except (errors.SerializationFailure, errors.DeadlockDetected):
                db.rollback()
