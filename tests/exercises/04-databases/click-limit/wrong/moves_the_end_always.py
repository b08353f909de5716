# Moves the end at a refused click as well.
# fails: test_a_refused_click_changes_nothing
# says: who clicks in vain is remembered
# exercise: databases.click-limit
import redis


def wait(url: str, customer: str, now: int, limit: int, window: int) -> int:
    """Return 0 for a click that is let through, and counted, else the milliseconds until one would be. Times are ms."""
    ask = """
    local now, window = tonumber(ARGV[1]), tonumber(ARGV[3])
    redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
    redis.call('PEXPIRE', KEYS[1], window)
    local counted = redis.call('ZCARD', KEYS[1])
    if counted >= tonumber(ARGV[2]) then
        local oldest = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
        return tonumber(oldest[2]) + window - now
    end
    redis.call('ZADD', KEYS[1], now, ARGV[1] .. '/' .. counted)
    redis.call('PEXPIRE', KEYS[1], window)
    return 0
    """
    with redis.Redis.from_url(url) as server:
        return int(server.eval(ask, 1, f"clicks:{customer}", now, limit, window))
