# Is content with the seats that were free.
# fails: test_all_seats_or_none, test_a_seat_has_one_guest
# says: three were paid for
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
                changed = db.execute("UPDATE seat SET status = 'sold', held_by = %s WHERE id = ANY(%s) AND event_id = %s AND status = 'free'", [guest, seats, event]).rowcount
                db.commit()
                return changed > 0

            except (errors.SerializationFailure, errors.DeadlockDetected):
                db.rollback()
