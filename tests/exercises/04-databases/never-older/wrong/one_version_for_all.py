# Has one version for all shows.
# fails: test_shows_are_apart
# says: empties the cache of all
# exercise: databases.never-older
from collections.abc import Callable
from uuid import uuid4

import redis

DAY = 86_400


def read(url: str, event: int, load: Callable[[int], str], seconds: int) -> str:
    """Return a show's text, or a copy of it that is younger than the last change and than `seconds`."""
    with redis.Redis.from_url(url, decode_responses=True) as server:
        new = uuid4().hex
        version = server.set("version", new, nx=True, get=True, ex=DAY) or new
        copy = server.get(f"copy:{event}:{version}")
        if copy is None:
            copy = load(event)
            server.set(f"copy:{event}:{version}", copy, ex=seconds)
        return copy


def changed(url: str, event: int) -> None:
    """See to it that no later `read` gives what was loaded before."""
    with redis.Redis.from_url(url) as server:
        server.set("version", uuid4().hex, ex=DAY)
