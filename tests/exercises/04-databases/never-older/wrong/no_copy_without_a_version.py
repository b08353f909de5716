# Keeps nothing as long as there is no version, and makes none.
# fails: test_a_copy_is_used, test_shows_are_apart, test_every_key_has_an_end
# says: a cache that always asks is none
# exercise: databases.never-older
from collections.abc import Callable
from uuid import uuid4

import redis

DAY = 86_400


def read(url: str, event: int, load: Callable[[int], str], seconds: int) -> str:
    """Return a show's text, or a copy of it that is younger than the last change and than `seconds`."""
    with redis.Redis.from_url(url, decode_responses=True) as server:
        version = server.get(f"version:{event}")
        if version is None:
            return load(event)
        copy = server.get(f"copy:{event}:{version}")
        if copy is None:
            copy = load(event)
            server.set(f"copy:{event}:{version}", copy, ex=seconds)
        return copy


def changed(url: str, event: int) -> None:
    """See to it that no later `read` gives what was loaded before."""
    with redis.Redis.from_url(url) as server:
        server.set(f"version:{event}", uuid4().hex, ex=DAY)
