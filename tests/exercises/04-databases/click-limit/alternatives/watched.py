# Watches the key and begins again when somebody touched it, without Lua.
# exercise: databases.click-limit
import uuid

import redis


def wait(url, customer, now, limit, window):
    key = f"clicks:{customer}"

    def ask(pipe):
        counted = [time for _, time in pipe.zrange(key, 0, -1, withscores=True) if time > now - window]
        pipe.multi()
        if len(counted) >= limit:
            return int(counted[0]) + window - now
        pipe.zremrangebyscore(key, "-inf", now - window)
        pipe.zadd(key, {uuid.uuid4().hex: now})
        pipe.pexpire(key, window)
        return 0

    with redis.Redis.from_url(url) as server:
        return server.transaction(ask, key, value_from_callable=True)
