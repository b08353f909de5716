# Leaves the losers' sessions open.
# fails: test_nothing_stays_open
# says: keeps its locks
# exercise: databases.bad-order
from itertools import combinations

import psycopg

KEPT: list[psycopg.Connection] = []


def bad_order(url: str, till: Till) -> str | None:
    """Return an order of A's and B's steps that breaks the promise, or None if no order does."""
    count = len(till.steps)
    for places in combinations(range(2 * count), count):
        order = "".join("A" if place in places else "B" for place in range(2 * count))
        if not kept(url, till, order):
            return order
    return None


def kept(url: str, till: Till, order: str) -> bool:
    """Play an order; say whether the promise holds afterwards."""
    with psycopg.connect(url, autocommit=True) as watch:
        KEPT.append(psycopg.connect(url))
        KEPT[-1].execute("SELECT 1")
        watch.execute(till.start)
        sessions = {me: psycopg.connect(url, options="-c lock_timeout=30ms") for me in "AB"}
        done = dict.fromkeys("AB", 0)
        for session in sessions.values():
            session.isolation_level = psycopg.IsolationLevel[till.level]
        for me in order:
            if sessions[me].closed:
                continue
            try:
                found = sessions[me].execute(till.steps[done[me]].format(me=me))
                done[me] += 1
                if found.description and found.fetchone() == (False,):
                    sessions[me].close()
                elif done[me] == len(till.steps):
                    sessions[me].commit()
                    sessions[me].close()
            except psycopg.Error:
                sessions[me].close()
        return watch.execute(till.promise).fetchone() == (True,)
