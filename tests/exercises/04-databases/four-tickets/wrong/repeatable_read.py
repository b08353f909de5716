# Takes REPEATABLE READ for enough: both snapshots count two.
# fails: test_two_telephones_get_four_seats, test_five_telephones_get_four_seats
# says: two that counted at once
# exercise: databases.four-tickets
from collections.abc import Callable

import psycopg
from psycopg import errors

MOST = 4


def buy(url: str, guest: str, event: int, seats: list[int], ask: Callable[[], object]) -> bool:
    with psycopg.connect(url) as db:
        db.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        while True:
            try:
                (has,) = db.execute(
                    "SELECT count(*) FROM seat WHERE event_id = %s AND held_by = %s AND status = 'sold'", [event, guest]
                ).fetchone()
                if has + len(seats) > MOST:
                    return False
                ask()
                if db.execute("UPDATE seat SET status = 'sold', held_by = %s WHERE id = ANY(%s) AND event_id = %s AND status = 'free'", [guest, seats, event]).rowcount < len(seats):
                    db.rollback()
                    return False
                db.commit()
                return True

            except (errors.SerializationFailure, errors.DeadlockDetected):
                db.rollback()
