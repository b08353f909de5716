# Counts what is in the window and keeps the rest.
# fails: test_what_is_kept_does_not_grow
# says: what no longer counts
# exercise: databases.click-limit
import redis


def wait(url: str, customer: str, now: int, limit: int, window: int) -> int:
    """Return 0 for a click that is let through, and counted, else the milliseconds until one would be. Times are ms."""
    ask = """
    local now, window = tonumber(ARGV[1]), tonumber(ARGV[3])
    local from = '(' .. string.format('%.0f', now - window)
    local counted = redis.call('ZCOUNT', KEYS[1], from, '+inf')
    if counted >= tonumber(ARGV[2]) then
        local oldest = redis.call('ZRANGEBYSCORE', KEYS[1], from, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
        return tonumber(oldest[2]) + window - now
    end
    redis.call('ZADD', KEYS[1], now, ARGV[1] .. '/' .. counted)
    redis.call('PEXPIRE', KEYS[1], window)
    return 0
    """
    with redis.Redis.from_url(url) as server:
        return int(server.eval(ask, 1, f"clicks:{customer}", now, limit, window))
