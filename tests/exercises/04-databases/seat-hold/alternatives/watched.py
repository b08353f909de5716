# Watches the seats and begins again when somebody touched one, without Lua.
# exercise: databases.seat-hold
import redis


def _touching(url, seats, decide):
    keys = [f"hold:{seat}" for seat in seats]

    def once(pipe):
        held = dict(zip(keys, pipe.mget(keys), strict=True))
        last = int(pipe.get("tokens") or 0)
        pipe.multi()
        return decide(pipe, held, last)

    with redis.Redis.from_url(url, decode_responses=True) as server:
        return server.transaction(once, "tokens", *keys, value_from_callable=True)


def hold(url, seats, seconds):
    def decide(pipe, held, last):
        if any(held.values()):
            return None
        token = last + 1
        pipe.mset({**dict.fromkeys(held, token), "tokens": token})
        for key in held:
            pipe.expire(key, seconds)
        return token

    return _touching(url, seats, decide)


def release(url, seats, token):
    def decide(pipe, held, _):
        mine = [key for key in held if held[key] == str(token)]
        if mine:
            pipe.delete(*mine)
        return len(mine)

    return _touching(url, seats, decide)


def extend(url, seats, token, seconds):
    def decide(pipe, held, _):
        if set(held.values()) != {str(token)}:
            return False
        for key in held:
            pipe.expire(key, seconds)
        return True

    return _touching(url, seats, decide)
