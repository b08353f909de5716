# Counts by the full window of the clock.
# fails: test_the_wait_is_long_enough_and_no_longer, test_the_window_slides, test_what_is_kept_does_not_grow
# says: the click still counts then
# exercise: databases.click-limit
import redis


def wait(url: str, customer: str, now: int, limit: int, window: int) -> int:
    """Return 0 for a click that is let through, and counted, else the milliseconds until one would be. Times are ms."""
    ask = """
    if tonumber(redis.call('GET', KEYS[1]) or 0) >= tonumber(ARGV[1]) then return 1 end
    redis.call('INCR', KEYS[1])
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
    return 0
    """
    with redis.Redis.from_url(url) as server:
        refused = server.eval(ask, 1, f"clicks:{customer}:{now // window}", limit, window)
        return window - now % window if refused else 0
