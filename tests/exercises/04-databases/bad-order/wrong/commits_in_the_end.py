# Commits when both have done their steps.
# fails: test_the_till_of_the_incident, test_two_looks_are_not_enough, test_two_that_count
# says: there is an order that breaks it
# exercise: databases.bad-order
from itertools import combinations

import psycopg


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
        watch.execute(till.start)
        sessions = {me: psycopg.connect(url, options="-c lock_timeout=30ms") for me in "AB"}
        done = dict.fromkeys("AB", 0)
        for session in sessions.values():
            session.isolation_level = psycopg.IsolationLevel[till.level]
        for me in order:
            if sessions[me].closed or done[me] == len(till.steps):
                continue
            try:
                found = sessions[me].execute(till.steps[done[me]].format(me=me))
                done[me] += 1
                if found.description and found.fetchone() == (False,):
                    sessions[me].close()
            except psycopg.Error:
                sessions[me].close()
        for session in sessions.values():
            if not session.closed:
                try:
                    session.commit()
                except psycopg.Error:
                    pass
                session.close()
        return watch.execute(till.promise).fetchone() == (True,)
