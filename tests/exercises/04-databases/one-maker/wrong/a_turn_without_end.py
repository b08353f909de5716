# Takes a turn that has no end.
# fails: test_a_maker_that_dies_is_waited_for_no_longer_than_patience, test_a_slow_maker_ends_nobody_elses_turn
# says: the next one waits for `patience`
# exercise: databases.one-maker
import time
from collections.abc import Callable
from uuid import uuid4

import redis


def read(url: str, key: str, make: Callable[[], str], seconds: float, patience: float) -> str:
    """Return the text of a key; where there is none, one caller makes it, and the others wait for what it made."""
    turn, mine = f"making:{key}", uuid4().hex
    give_back = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end"
    with redis.Redis.from_url(url, decode_responses=True) as server:
        while (text := server.get(key)) is None:
            if not server.set(turn, mine, nx=True):
                time.sleep(0.03)
                continue
            try:
                if (text := server.get(key)) is None:
                    text = make()
                    server.set(key, text, px=int(seconds * 1000))
                return text
            finally:
                server.eval(give_back, 1, turn, mine)
        return text
