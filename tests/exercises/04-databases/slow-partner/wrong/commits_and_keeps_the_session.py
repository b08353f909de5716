# Commits before the call, and keeps the session in its hand.
# fails: test_others_get_the_session_while_the_partner_is_asked
# says: the only session was kept
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
    session = pool.getconn()
    end = "UPDATE seat SET status = %s, held_by = NULL, held_until = NULL WHERE id = %s AND held_by = %s"
    try:
        charge(seat)
    except BaseException:
        session.execute(end, ["free", seat, customer])
        raise
    else:
        return "sold" if session.execute(end, ["sold", seat, customer]).rowcount else "refund"
    finally:
        session.commit()
        pool.putconn(session)
