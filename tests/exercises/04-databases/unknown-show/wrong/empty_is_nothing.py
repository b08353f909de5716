# Takes an empty title for a missing show.
# fails: test_the_band_none_plays
# says: no matter of the cache
# exercise: databases.unknown-show
from collections.abc import Callable

import redis


def title(url: str, event: int, ask: Callable[[int], str | None], seconds: int, short: int) -> str | None:
    """Return a show's title, None where there is no such show; copies live for `seconds`, of what is missing for `short`."""
    with redis.Redis.from_url(url, decode_responses=True) as server:
        known = server.get(f"title:{event}")
        if known is None:
            known = ask(event) or ""
            server.set(f"title:{event}", known, ex=seconds if known else short)
        return known or None


def announce(url: str, event: int) -> None:
    """Forget what is known of a show, so that the next `title` asks."""
    with redis.Redis.from_url(url) as server:
        server.delete(f"title:{event}")
