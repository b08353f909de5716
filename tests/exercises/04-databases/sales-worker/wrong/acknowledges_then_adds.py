# Acknowledges first, and adds if that was the first time.
# fails: test_a_death_anywhere_loses_and_doubles_nothing, test_refused_cents_go_aside_once, test_a_death_loses_no_refused_entry
# says: a worker died
# exercise: databases.sales-worker
import contextlib

import redis


def work(url: str, me: str, idle: int) -> int:
    """Add all sales that are new, or were left alone for `idle` ms, each once; return how many were added."""
    with redis.Redis.from_url(url, decode_responses=True) as server:
        with contextlib.suppress(redis.ResponseError):
            server.xgroup_create("sales", "revenue", id="0", mkstream=True)

        def handle(entries):
            added = 0
            for entry, sale in entries:
                if server.xack("sales", "revenue", entry):
                    server.hincrby("revenue", sale["event"], sale["cents"])
                    added += 1
            return added

        cursor, added = None, 0
        while cursor != "0-0":
            cursor, entries, _ = server.xautoclaim("sales", "revenue", me, idle, cursor or "0-0")
            added += handle(entries)
        while new := server.xreadgroup("revenue", me, {"sales": ">"}, count=100):
            added += handle(new[0][1])
        return added
