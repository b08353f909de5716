# Keeps transaction and session, as the stub does, and forgets holds that ran out.
# fails: test_a_free_seat_is_charged_once_and_sold, test_no_transaction_is_open_while_the_partner_is_asked, test_others_get_the_session_while_the_partner_is_asked, test_a_seat_that_was_lost_meanwhile_is_a_refund, test_a_refusal_leaves_a_seat_of_somebody_else_alone, test_a_hold_that_has_run_out_is_a_free_seat
# says: everybody has to see whose seat it is
# exercise: databases.slow-partner
from collections.abc import Callable

from psycopg_pool import ConnectionPool


def purchase(pool: ConnectionPool, charge: Callable[[int], object], seat: int, customer: str) -> str:
    """Hold a seat, have it charged, and sell it: return "sold", "gone" or "refund"; what `charge` raises is raised."""
    with pool.connection() as session:
        found = session.execute("SELECT status FROM seat WHERE id = %s FOR UPDATE", [seat]).fetchone()
        if found != ("free",):
            return "gone"
        session.execute(
            "UPDATE seat SET status = 'held', held_by = %s, held_until = now() + interval '5 minutes' WHERE id = %s",
            [customer, seat],
        )
        charge(seat)
        session.execute("UPDATE seat SET status = 'sold', held_by = NULL, held_until = NULL WHERE id = %s", [seat])
        return "sold"
