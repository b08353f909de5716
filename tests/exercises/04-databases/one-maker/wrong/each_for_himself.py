# Lets everybody make who finds nothing.
# fails: test_one_makes_for_all, test_a_maker_that_fails_lets_the_next_one_go, test_a_slow_maker_ends_nobody_elses_turn
# says: each of them asks the database
# exercise: databases.one-maker
import time
from collections.abc import Callable
from uuid import uuid4

import redis


def read(url: str, key: str, make: Callable[[], str], seconds: float, patience: float) -> str:
    """Return the text of a key; where there is none, one caller makes it, and the others wait for what it made."""
    with redis.Redis.from_url(url, decode_responses=True) as server:
        text = server.get(key)
        if text is None:
            text = make()
            server.set(key, text, px=int(seconds * 1000))
        return text
