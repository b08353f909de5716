# Sets the tables up once, for all orders.
# fails: test_each_order_begins_anew, test_each_till_has_its_letter, test_the_till_of_the_incident, test_two_looks_are_not_enough, test_two_that_count
# says: those of the play before
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
        if order == "A" * len(till.steps) + "B" * len(till.steps):
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
