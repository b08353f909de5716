# Looks in one command whether the seats are free, and takes them in another.
# fails: test_a_group_and_a_single_customer_meet
# says: one of the two has to get
# exercise: databases.seat-hold
import redis


def hold(url: str, seats: list[str], seconds: int) -> int | None:
    """Hold all the seats for so many seconds and return a token that is larger than any before, or None."""
    script = """
    local token = redis.call('INCR', KEYS[1])
    for i = 2, #KEYS do redis.call('SET', KEYS[i], token, 'EX', ARGV[1]) end
    return token
    """
    with redis.Redis.from_url(url) as server:
        if server.exists(*_keys(seats)):
            return None
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
        if redis.call('GET', key) ~= ARGV[1] then return 0 end
    end
    for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[2]) end
    return 1
    """
    with redis.Redis.from_url(url) as server:
        return server.eval(script, len(seats), *_keys(seats), token, seconds) == 1


def _keys(seats: list[str]) -> list[str]:
    return [f"hold:{seat}" for seat in seats]
