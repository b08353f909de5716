# Keeps a no as long as a title.
# fails: test_copies_end
# says: announced any minute
# exercise: databases.unknown-show
from collections.abc import Callable

import redis


def title(url: str, event: int, ask: Callable[[int], str | None], seconds: int, short: int) -> str | None:
    """Return a show's title, None where there is no such show; copies live for `seconds`, of what is missing for `short`."""
    with redis.Redis.from_url(url, decode_responses=True) as server:
        copy = server.get(f"title:{event}")
        if copy is None:
            known = ask(event)
            copy = "" if known is None else f"={known}"
            server.set(f"title:{event}", copy, ex=seconds)
        return copy[1:] if copy else None


def announce(url: str, event: int) -> None:
    """Forget what is known of a show, so that the next `title` asks."""
    with redis.Redis.from_url(url) as server:
        server.delete(f"title:{event}")
