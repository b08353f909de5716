# Sells without a look at who holds the seat now.
# fails: test_a_seat_that_was_lost_meanwhile_is_a_refund
# says: nobody will know that she has no seat
# exercise: databases.slow-partner
from collections.abc import Callable

from psycopg_pool import ConnectionPool


def purchase(pool: ConnectionPool, charge: Callable[[int], object], seat: int, customer: str) -> str:
    """Hold a seat, have it charged, and sell it: return "sold", "gone" or "refund"; what `charge` raises is raised."""
    free = "(status = 'free' OR status = 'held' AND held_until < now())"
    hold = "status = 'held', held_by = %s, held_until = now() + interval '5 minutes'"
    with pool.connection() as session:
        if not session.execute(f"UPDATE seat SET {hold} WHERE id = %s AND {free}", [customer, seat]).rowcount:
            return "gone"
    end = "UPDATE seat SET status = %s, held_by = NULL, held_until = NULL WHERE id = %s AND held_by = %s"
    try:
        charge(seat)
    except BaseException:
        with pool.connection() as session:
            session.execute(end, ["free", seat, customer])
        raise
    with pool.connection() as session:
        session.execute(end.partition(" AND held_by")[0], ["sold", seat])
        return "sold"
