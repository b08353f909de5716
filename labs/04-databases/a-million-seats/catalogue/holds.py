"""Who holds a seat, in Redis: a hold lasts two minutes."""

from __future__ import annotations

from catalogue import stores

SECONDS = 120


def take(seat: int, session: str) -> bool:
    """Hold a free seat for a session; say whether it is now theirs."""
    client, key = stores.redis(), f"hold:{seat}"
    if client.get(key) is None:
        client.set(key, session)
        return True
    return False


def release(seat: int, session: str) -> bool:
    """Give a seat back, if the session holds it."""
    return bool(stores.redis().delete(f"hold:{seat}"))
