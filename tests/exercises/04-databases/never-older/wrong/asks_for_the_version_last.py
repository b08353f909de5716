# Asks for the version when it has loaded.
# fails: test_a_slow_reader_puts_nothing_back, test_whatever_redis_drops, test_a_change_between_any_two_commands
# says: free again on the map
# exercise: databases.never-older
from collections.abc import Callable
from uuid import uuid4

import redis

DAY = 86_400


def read(url: str, event: int, load: Callable[[int], str], seconds: int) -> str:
    """Return a show's text, or a copy of it that is younger than the last change and than `seconds`."""
    with redis.Redis.from_url(url, decode_responses=True) as server:
        new = uuid4().hex
        version = server.set(f"version:{event}", new, nx=True, get=True, ex=DAY) or new
        copy = server.get(f"copy:{event}:{version}")
        if copy is None:
            copy = load(event)
            version = server.get(f"version:{event}")
            server.set(f"copy:{event}:{version}", copy, ex=seconds)
        return copy


def changed(url: str, event: int) -> None:
    """See to it that no later `read` gives what was loaded before."""
    with redis.Redis.from_url(url) as server:
        server.set(f"version:{event}", uuid4().hex, ex=DAY)
