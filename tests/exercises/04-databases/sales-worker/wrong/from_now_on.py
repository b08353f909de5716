# Makes the group at the stream's end.
# fails: test_new_sales_are_added, test_a_death_anywhere_loses_and_doubles_nothing, test_two_workers_add_each_sale_once, test_refused_cents_go_aside_once, test_a_death_loses_no_refused_entry, test_refunds_and_large_sums_count
# says: twelve tickets were sold before
# exercise: databases.sales-worker
import contextlib

import redis


def work(url: str, me: str, idle: int) -> int:
    """Add all sales that are new, or were left alone for `idle` ms, each once; return how many were added."""
    script = """
    if redis.call('XACK', KEYS[1], 'revenue', ARGV[1]) == 0 then return 0 end
    local added = redis.pcall('HINCRBY', KEYS[2], ARGV[2], ARGV[3])
    if type(added) == 'number' then return 1 end
    redis.call('XADD', KEYS[3], '*', 'id', ARGV[1], unpack(ARGV, 4))
    return 0
    """
    with redis.Redis.from_url(url, decode_responses=True) as server:
        with contextlib.suppress(redis.ResponseError):
            server.xgroup_create("sales", "revenue", id="$", mkstream=True)
        book = server.register_script(script)

        def handle(entries):
            added = 0
            for entry, sale in entries:
                fields = [text for pair in sale.items() for text in pair]
                added += book(["sales", "revenue", "sales:dead"], [entry, sale["event"], sale.get("cents", ""), *fields])
            return added

        cursor, added = None, 0
        while cursor != "0-0":
            cursor, entries, _ = server.xautoclaim("sales", "revenue", me, idle, cursor or "0-0")
            added += handle(entries)
        while new := server.xreadgroup("revenue", me, {"sales": ">"}, count=100):
            added += handle(new[0][1])
        return added
