# Takes a wait of exactly what is allowed for too long.
# fails: test_exactly_what_is_allowed_is_kept
# says: the last one waits for four
# exercise: databases.pool-size
from heapq import heapreplace

import psycopg


def pool_size(url: str, allowed_ms: int, late: int) -> int:
    """Return the fewest sessions with which at most `late` of the recorded requests wait longer than `allowed_ms`."""
    with psycopg.connect(url) as session:
        statement = "SELECT asked_ms, returned_ms - lent_ms FROM lending ORDER BY asked_ms, id"
        requests = session.execute(statement).fetchall()
    size = 1
    while True:
        free_at, beyond = [0] * size, 0
        for asked, hold in requests:
            start = max(asked, free_at[0])
            heapreplace(free_at, start + hold)
            beyond += start - asked >= max(allowed_ms, 1)
        if beyond <= late:
            return size
        size += 1
