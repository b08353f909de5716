# Extends by writing the hold anew, which brings back one that has lapsed.
# fails: test_a_lapsed_hold_does_not_come_back
# says: is no longer this token's
# exercise: databases.seat-hold
import redis


def hold(url: str, seats: list[str], seconds: int) -> int | None:
    """Hold all the seats for so many seconds and return a token that is larger than any before, or None."""
    script = """
    for i = 2, #KEYS do
        if redis.call('EXISTS', KEYS[i]) == 1 then return false end
    end
    local token = redis.call('INCR', KEYS[1])
    for i = 2, #KEYS do redis.call('SET', KEYS[i], token, 'EX', ARGV[1]) end
    return token
    """
    with redis.Redis.from_url(url) as server:
        return server.eval(script, 1 + len(seats), "fence", *_keys(seats), seconds)


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
        local held = redis.call('GET', key)
        if held and held ~= ARGV[1] then return 0 end
    end
    for _, key in ipairs(KEYS) do redis.call('SET', key, ARGV[1], 'EX', ARGV[2]) end
    return 1
    """
    with redis.Redis.from_url(url) as server:
        return server.eval(script, len(seats), *_keys(seats), token, seconds) == 1


def _keys(seats: list[str]) -> list[str]:
    return [f"hold:{seat}" for seat in seats]
