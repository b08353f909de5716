# Looks and takes the turn in one script, and keeps the copy in another that gives the turn back.
# exercise: databases.one-maker
import time
from collections.abc import Callable
from uuid import uuid4

import redis


def read(url: str, key: str, make: Callable[[], str], seconds: float, patience: float) -> str:
    """Return the text of a key; where there is none, one caller makes it, and the others wait for what it made."""
    begin = """
        local text = redis.call('GET', KEYS[1])
        if text then return {'copy', text} end
        return redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) and {'turn', ''} or {'wait', ''}"""
    end = """
        if ARGV[2] ~= '' then redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[2]) end
        if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end"""
    mine, keys = uuid4().hex, (key, f"making:{key}")
    with redis.Redis.from_url(url, decode_responses=True) as server:
        while True:
            what, text = server.eval(begin, 2, *keys, mine, int(patience * 1000))
            if what == "copy":
                return text
            if what == "wait":
                time.sleep(0.04)
                continue
            try:
                text = make()
            except BaseException:
                server.eval(end, 2, *keys, mine, "", "")
                raise
            server.eval(end, 2, *keys, mine, int(seconds * 1000), text)
            return text
