# Adds and acknowledges in MULTI, whoever was first.
# fails: test_two_workers_add_each_sale_once, test_refused_cents_go_aside_once, test_a_death_loses_no_refused_entry
# says: a slow worker and its successor
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
                with server.pipeline() as pipe:
                    pipe.hincrby("revenue", sale["event"], sale["cents"])
                    pipe.xack("sales", "revenue", entry)
                    pipe.execute()
                added += 1
            return added

        cursor, added = None, 0
        while cursor != "0-0":
            cursor, entries, _ = server.xautoclaim("sales", "revenue", me, idle, cursor or "0-0")
            added += handle(entries)
        while new := server.xreadgroup("revenue", me, {"sales": ">"}, count=100):
            added += handle(new[0][1])
        return added
