# Takes the sessions that are busy on average, by Little's law, and rounds up.
# fails: test_the_four_of_the_example, test_the_smallest_pool_that_keeps_the_target, test_who_waited_did_not_hold, test_a_real_pool_of_that_size_keeps_the_target, test_the_recorded_night, test_the_order_is_that_of_asking, test_exactly_what_is_allowed_is_kept
# says: (allowed_ms, late)
# exercise: databases.pool-size
from heapq import heapreplace

import psycopg


def pool_size(url: str, allowed_ms: int, late: int) -> int:
    """Return the fewest sessions with which at most `late` of the recorded requests wait longer than `allowed_ms`."""
    with psycopg.connect(url) as session:
        statement = "SELECT asked_ms, returned_ms - lent_ms FROM lending ORDER BY asked_ms, id"
        requests = session.execute(statement).fetchall()
    if not requests:
        return 1
    span = max(asked + hold for asked, hold in requests) - requests[0][0]
    return max(1, -(-sum(hold for _, hold in requests) // span))
