# Counts versions, and begins at 0 when the count is lost.
# fails: test_whatever_redis_drops
# says: a version that was lost
# exercise: databases.never-older
from collections.abc import Callable
from uuid import uuid4

import redis

DAY = 86_400


def read(url: str, event: int, load: Callable[[int], str], seconds: int) -> str:
    """Return a show's text, or a copy of it that is younger than the last change and than `seconds`."""
    with redis.Redis.from_url(url, decode_responses=True) as server:
        version = server.get(f"version:{event}") or "0"
        copy = server.get(f"copy:{event}:{version}")
        if copy is None:
            copy = load(event)
            server.set(f"copy:{event}:{version}", copy, ex=seconds)
        return copy


def changed(url: str, event: int) -> None:
    """See to it that no later `read` gives what was loaded before."""
    with redis.Redis.from_url(url) as server:
        server.incr(f"version:{event}")
        server.expire(f"version:{event}", DAY)
