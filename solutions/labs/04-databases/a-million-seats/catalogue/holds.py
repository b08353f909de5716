"""Who holds a seat, in Redis: a hold lasts two minutes."""

from __future__ import annotations

from catalogue import stores

SECONDS = 120
RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end"


def take(seat: int, session: str) -> bool:
    """Hold a free seat for a session; say whether it is now theirs."""
    return bool(stores.redis().set(f"hold:{seat}", session, nx=True, ex=SECONDS))


def release(seat: int, session: str) -> bool:
    """Give a seat back, if the session holds it: one step, so that nobody else's hold is meant by then."""
    return bool(stores.redis().eval(RELEASE, 1, f"hold:{seat}", session))
