# Marks each added entry in a set, in the transaction that adds it, and watches that set.
# exercise: databases.sales-worker
import redis


def work(url, me, idle):
    server = redis.Redis.from_url(url, decode_responses=True)
    try:
        server.xgroup_create("sales", "revenue", "0", mkstream=True)
    except redis.ResponseError as error:
        if "BUSYGROUP" not in str(error):
            raise

    def book(entry, sale):
        mark = f"revenue:done:{entry}"

        def once(pipe):
            known = pipe.exists(mark)
            cents = sale.get("cents", "")
            fits = cents.lstrip("-").isdigit() and len(cents) < 19
            pipe.multi()
            if not known:
                pipe.set(mark, me, ex=86_400)
                if fits:
                    pipe.hincrby("revenue", sale["event"], int(cents))
                else:
                    pipe.xadd("sales:dead", {**sale, "id": entry})
            pipe.xack("sales", "revenue", entry)
            return int(fits and not known)

        return server.transaction(once, mark, value_from_callable=True)

    added = 0
    start = "0-0"
    while True:
        start, entries, _ = server.xautoclaim("sales", "revenue", me, idle, start_id=start, count=50)
        added += sum(book(*each) for each in entries)
        if start == "0-0":
            break
    while new := server.xreadgroup("revenue", me, {"sales": ">"}, count=50):
        added += sum(book(*each) for each in new[0][1])
    server.close()
    return added
