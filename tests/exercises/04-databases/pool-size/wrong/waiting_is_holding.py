# Counts from asking to giving back.
# fails: test_the_four_of_the_example, test_who_waited_did_not_hold, test_the_recorded_night, test_exactly_what_is_allowed_is_kept
# says: (allowed_ms, late)
# exercise: databases.pool-size
from heapq import heapreplace

import psycopg


def pool_size(url: str, allowed_ms: int, late: int) -> int:
    """Return the fewest sessions with which at most `late` of the recorded requests wait longer than `allowed_ms`."""
    with psycopg.connect(url) as session:
        statement = "SELECT asked_ms, returned_ms - asked_ms FROM lending ORDER BY asked_ms, id"
        requests = session.execute(statement).fetchall()
    size = 1
    while True:
        free_at, beyond = [0] * size, 0
        for asked, hold in requests:
            start = max(asked, free_at[0])
            heapreplace(free_at, start + hold)
            beyond += start - asked > allowed_ms
        if beyond <= late:
            return size
        size += 1
