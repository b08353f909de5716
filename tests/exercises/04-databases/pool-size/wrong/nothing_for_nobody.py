# Returns 0 for a quiet night.
# fails: test_a_quiet_night_needs_one
# says: a pool of no session
# exercise: databases.pool-size
from heapq import heapreplace

import psycopg


def pool_size(url: str, allowed_ms: int, late: int) -> int:
    """Return the fewest sessions with which at most `late` of the recorded requests wait longer than `allowed_ms`."""
    with psycopg.connect(url) as session:
        statement = "SELECT asked_ms, returned_ms - lent_ms FROM lending ORDER BY asked_ms, id"
        requests = session.execute(statement).fetchall()
    size = 1 if requests else 0
    while True:
        free_at, beyond = [0] * size, 0
        for asked, hold in requests:
            start = max(asked, free_at[0])
            heapreplace(free_at, start + hold)
            beyond += start - asked > allowed_ms
        if beyond <= late:
            return size
        size += 1
