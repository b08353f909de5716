# Goes through the orders as a tree, from the end, each with sessions of its own and the timeout set inside.
# exercise: databases.bad-order
import contextlib
from collections.abc import Iterator

import psycopg


def orders(a: int, b: int) -> Iterator[str]:
    if not a and not b:
        yield ""
    if b:
        yield from ("B" + rest for rest in orders(a, b - 1))
    if a:
        yield from ("A" + rest for rest in orders(a - 1, b))


class Player:
    def __init__(self, url: str, till: Till, me: str) -> None:
        self.db, self.steps = psycopg.connect(url), [step.format(me=me) for step in till.steps]
        self.db.isolation_level = psycopg.IsolationLevel[till.level]
        self.db.execute("SET lock_timeout = 40")
        self.db.commit()

    def step(self) -> None:
        if self.db.closed:
            return
        stay = False
        with contextlib.suppress(psycopg.Error):
            rows = self.db.execute(self.steps.pop(0))
            stay = not (rows.description and rows.fetchone()[0] is False)
            if stay and not self.steps:
                self.db.commit()
                stay = False
        if not stay:
            self.db.close()


def bad_order(url: str, till: Till) -> str | None:
    """Return an order of A's and B's steps that breaks the promise, or None if no order does."""
    with psycopg.connect(url, autocommit=True) as admin:
        for order in orders(len(till.steps), len(till.steps)):
            admin.execute(till.start)
            players = {me: Player(url, till, me) for me in "AB"}
            for me in order:
                players[me].step()
            if not admin.execute(till.promise).fetchone()[0]:
                return order
    return None
