# Keeps what there is, and not that there is nothing.
# fails: test_a_missing_show_is_asked_for_once, test_copies_end
# says: as dear as any other
# exercise: databases.unknown-show
from collections.abc import Callable

import redis


def title(url: str, event: int, ask: Callable[[int], str | None], seconds: int, short: int) -> str | None:
    """Return a show's title, None where there is no such show; copies live for `seconds`, of what is missing for `short`."""
    with redis.Redis.from_url(url, decode_responses=True) as server:
        known = server.get(f"title:{event}")
        if known is None:
            known = ask(event)
            if known is not None:
                server.set(f"title:{event}", known, ex=seconds)
        return known


def announce(url: str, event: int) -> None:
    """Forget what is known of a show, so that the next `title` asks."""
    with redis.Redis.from_url(url) as server:
        server.delete(f"title:{event}")
