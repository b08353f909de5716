# Looks whether the version is still the same, and then stores.
# fails: test_a_change_between_any_two_commands
# says: true before the change
# exercise: databases.never-older
from collections.abc import Callable
from uuid import uuid4

import redis

DAY = 86_400


def read(url: str, event: int, load: Callable[[int], str], seconds: int) -> str:
    """Return a show's text, or a copy of it that is younger than the last change and than `seconds`."""
    with redis.Redis.from_url(url, decode_responses=True) as server:
        copy = server.get(f"copy:{event}")
        if copy is None:
            version = server.get(f"version:{event}")
            copy = load(event)
            if server.get(f"version:{event}") == version:
                server.set(f"copy:{event}", copy, ex=seconds)
        return copy


def changed(url: str, event: int) -> None:
    """See to it that no later `read` gives what was loaded before."""
    with redis.Redis.from_url(url) as server:
        server.set(f"version:{event}", uuid4().hex, ex=DAY)
        server.delete(f"copy:{event}")
