# Counts a click that is exactly a window old.
# fails: test_the_limit_is_kept, test_clicks_of_one_millisecond_are_several, test_the_window_slides, test_nobody_slips_through_between, test_a_refused_click_changes_nothing
# says: the first click is the next to go
# exercise: databases.click-limit
import redis


def wait(url: str, customer: str, now: int, limit: int, window: int) -> int:
    """Return 0 for a click that is let through, and counted, else the milliseconds until one would be. Times are ms."""
    ask = """
    local now, window = tonumber(ARGV[1]), tonumber(ARGV[3])
    redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window - 1)
    local counted = redis.call('ZCARD', KEYS[1])
    if counted >= tonumber(ARGV[2]) then
        local oldest = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
        return tonumber(oldest[2]) + window + 1 - now
    end
    redis.call('ZADD', KEYS[1], now, ARGV[1] .. '/' .. counted)
    redis.call('PEXPIRE', KEYS[1], window)
    return 0
    """
    with redis.Redis.from_url(url) as server:
        return int(server.eval(ask, 1, f"clicks:{customer}", now, limit, window))
