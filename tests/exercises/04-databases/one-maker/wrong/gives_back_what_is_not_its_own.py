# Deletes whatever turn is there.
# fails: test_a_slow_maker_ends_nobody_elses_turn
# says: a third one was let in
# exercise: databases.one-maker
import time
from collections.abc import Callable
from uuid import uuid4

import redis


def read(url: str, key: str, make: Callable[[], str], seconds: float, patience: float) -> str:
    """Return the text of a key; where there is none, one caller makes it, and the others wait for what it made."""
    turn, mine = f"making:{key}", uuid4().hex
    with redis.Redis.from_url(url, decode_responses=True) as server:
        while (text := server.get(key)) is None:
            if not server.set(turn, mine, nx=True, px=int(patience * 1000)):
                time.sleep(0.03)
                continue
            try:
                if (text := server.get(key)) is None:
                    text = make()
                    server.set(key, text, px=int(seconds * 1000))
                return text
            finally:
                server.delete(turn)
        return text
