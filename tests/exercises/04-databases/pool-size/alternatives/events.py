# Plays events in order of time, sessions going out and coming back, and searches by halving.
# exercise: databases.pool-size
from bisect import bisect_left
from collections import deque

import psycopg


def pool_size(url: str, allowed_ms: int, late: int) -> int:
    """Return the fewest sessions with which at most `late` of the recorded requests wait longer than `allowed_ms`."""
    with psycopg.connect(url) as session:
        statement = "SELECT asked_ms, returned_ms - lent_ms FROM lending ORDER BY asked_ms, id"
        requests = session.execute(statement).fetchall()
    if not requests:
        return 1

    def kept(size: int) -> bool:
        back, queue, beyond, todo, spare = [], deque(), 0, deque(requests), size
        while todo or queue:
            now = min([asked for asked, _ in list(todo)[:1]] + sorted(back)[:1])
            spare += back.count(now)
            back = [end for end in back if end != now]
            while todo and todo[0][0] == now:
                queue.append(todo.popleft())
            while spare and queue:
                asked, hold = queue.popleft()
                beyond += now - asked > allowed_ms
                back.append(now + hold)
                spare -= 1
        return beyond <= late

    return 1 + bisect_left(range(1, len(requests) + 1), True, key=kept)
