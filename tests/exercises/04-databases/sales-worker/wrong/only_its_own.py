# Goes on with what it had itself before it died, and with nobody else's.
# fails: test_what_a_dead_worker_had_is_added, test_a_death_anywhere_loses_and_doubles_nothing, test_a_living_worker_keeps_its_entries, test_many_living_ones_do_not_hide_a_dead_one, test_many_of_a_dead_worker_are_all_added, test_a_death_loses_no_refused_entry, test_deleted_entries_stop_nobody
# says: w1 died with some
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
            server.xgroup_create("sales", "revenue", id="0", mkstream=True)
        book = server.register_script(script)

        def handle(entries):
            added = 0
            for entry, sale in entries:
                fields = [text for pair in sale.items() for text in pair]
                added += book(["sales", "revenue", "sales:dead"], [entry, sale["event"], sale.get("cents", ""), *fields])
            return added

        cursor, added = None, 0
        while old := server.xreadgroup("revenue", me, {"sales": "0"}, count=100)[0][1]:
            added += handle(old)
        while new := server.xreadgroup("revenue", me, {"sales": ">"}, count=100):
            added += handle(new[0][1])
        return added
