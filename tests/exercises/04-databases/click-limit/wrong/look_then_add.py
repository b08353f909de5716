# Counts in one command and adds in another.
# fails: test_nobody_slips_through_between
# says: one place was left
# exercise: databases.click-limit
import uuid

import redis


def wait(url: str, customer: str, now: int, limit: int, window: int) -> int:
    """Return 0 for a click that is let through, and counted, else the milliseconds until one would be. Times are ms."""
    key = f"clicks:{customer}"
    with redis.Redis.from_url(url) as server:
        server.zremrangebyscore(key, "-inf", now - window)
        counted = server.zrange(key, 0, -1, withscores=True)
        if len(counted) >= limit:
            return int(counted[0][1]) + window - now
        with server.pipeline() as pipe:
            pipe.zadd(key, {uuid.uuid4().hex: now})
            pipe.pexpire(key, window)
            pipe.execute()
        return 0
