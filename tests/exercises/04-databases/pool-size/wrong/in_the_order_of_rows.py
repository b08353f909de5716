# Serves in the order of the numbers.
# fails: test_the_order_is_that_of_asking
# says: three long requests
# exercise: databases.pool-size
from heapq import heapreplace

import psycopg


def pool_size(url: str, allowed_ms: int, late: int) -> int:
    """Return the fewest sessions with which at most `late` of the recorded requests wait longer than `allowed_ms`."""
    with psycopg.connect(url) as session:
        statement = "SELECT asked_ms, returned_ms - lent_ms FROM lending ORDER BY id"
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
