# Stores the holds in one command and gives them their end in another.
# fails: test_a_death_leaves_no_immortal_and_no_half
# says: a hold without an end
# exercise: databases.seat-hold
import redis


def hold(url: str, seats: list[str], seconds: int) -> int | None:
    """Hold all the seats for so many seconds and return a token that is larger than any before, or None."""
    script = """
    for i = 2, #KEYS do
        if redis.call('EXISTS', KEYS[i]) == 1 then return false end
    end
    local token = redis.call('INCR', KEYS[1])
    for i = 2, #KEYS do redis.call('SET', KEYS[i], token) end
    return token
    """
    with redis.Redis.from_url(url) as server:
        token = server.eval(script, 1 + len(seats), "fence", *_keys(seats))
        if token:
            for key in _keys(seats):
                server.expire(key, seconds)
        return token


def release(url: str, seats: list[str], token: int) -> int:
    """Free those of the seats that this token holds, and return how many."""
    script = """
    local freed = 0
    for _, key in ipairs(KEYS) do
        if redis.call('GET', key) == ARGV[1] then freed = freed + redis.call('DEL', key) end
    end
    return freed
    """
    with redis.Redis.from_url(url) as server:
        return server.eval(script, len(seats), *_keys(seats), token)


def extend(url: str, seats: list[str], token: int, seconds: int) -> bool:
    """Let all the seats end so many seconds from now, if the token still holds each of them; say whether it does."""
    script = """
    for _, key in ipairs(KEYS) do
        if redis.call('GET', key) ~= ARGV[1] then return 0 end
    end
    for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[2]) end
    return 1
    """
    with redis.Redis.from_url(url) as server:
        return server.eval(script, len(seats), *_keys(seats), token, seconds) == 1


def _keys(seats: list[str]) -> list[str]:
    return [f"hold:{seat}" for seat in seats]
