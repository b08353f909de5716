# Marks what is missing by a text that no title is thought to have.
# fails: test_any_text_is_a_title
# says: as it was, from the database and from the copy
# exercise: databases.unknown-show
from collections.abc import Callable

import redis


def title(url: str, event: int, ask: Callable[[int], str | None], seconds: int, short: int) -> str | None:
    """Return a show's title, None where there is no such show; copies live for `seconds`, of what is missing for `short`."""
    with redis.Redis.from_url(url, decode_responses=True) as server:
        known = server.get(f"title:{event}")
        if known is None:
            known = ask(event)
            server.set(f"title:{event}", "\0none" if known is None else known, ex=short if known is None else seconds)
        return None if known == "\0none" else known


def announce(url: str, event: int) -> None:
    """Forget what is known of a show, so that the next `title` asks."""
    with redis.Redis.from_url(url) as server:
        server.delete(f"title:{event}")
