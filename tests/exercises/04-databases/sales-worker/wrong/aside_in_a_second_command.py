# Puts a refused entry aside after the script that acknowledged it.
# fails: test_a_death_loses_no_refused_entry
# says: an entry that nobody could add
# exercise: databases.sales-worker
import contextlib

import redis


def work(url: str, me: str, idle: int) -> int:
    """Add all sales that are new, or were left alone for `idle` ms, each once; return how many were added."""
    script = """
    if redis.call('XACK', KEYS[1], 'revenue', ARGV[1]) == 0 then return 0 end
    redis.call('HINCRBY', KEYS[2], ARGV[2], ARGV[3])
    return 1
    """
    with redis.Redis.from_url(url, decode_responses=True) as server:
        with contextlib.suppress(redis.ResponseError):
            server.xgroup_create("sales", "revenue", id="0", mkstream=True)
        book = server.register_script(script)

        def handle(entries):
            added = 0
            for entry, sale in entries:
                fields = [text for pair in sale.items() for text in pair]
                try:
                    added += book(["sales", "revenue"], [entry, sale["event"], sale.get("cents", ""), *fields])
                except redis.ResponseError:
                    server.xadd("sales:dead", sale | {"id": entry})
            return added

        cursor, added = None, 0
        while cursor != "0-0":
            cursor, entries, _ = server.xautoclaim("sales", "revenue", me, idle, cursor or "0-0")
            added += handle(entries)
        while new := server.xreadgroup("revenue", me, {"sales": ">"}, count=100):
            added += handle(new[0][1])
        return added
