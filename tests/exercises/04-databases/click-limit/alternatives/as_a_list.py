# Keeps the last times in a list, as many as the limit: the last of them decides.
# exercise: databases.click-limit
import redis

ASK = """
local oldest = redis.call('LINDEX', KEYS[1], ARGV[2] - 1)
local left = oldest and oldest + ARGV[3] - ARGV[1] or 0
if left > 0 then return left end
redis.call('LPUSH', KEYS[1], ARGV[1])
redis.call('LTRIM', KEYS[1], 0, ARGV[2] - 1)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 0
"""


def wait(url, customer, now, limit, window):
    with redis.Redis.from_url(url) as server:
        return server.register_script(ASK)([f"clicks:{customer}"], [now, limit, window])
