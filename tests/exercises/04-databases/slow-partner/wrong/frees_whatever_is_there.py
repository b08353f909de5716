# Frees the seat after a refusal, whoever holds it now.
# fails: test_a_refusal_leaves_a_seat_of_somebody_else_alone
# says: Ben's hold was ended
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
            session.execute(end.partition(" AND held_by")[0], ["free", seat])
        raise
    with pool.connection() as session:
        return "sold" if session.execute(end, ["sold", seat, customer]).rowcount else "refund"
