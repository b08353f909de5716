"""What "fixed" means for the catalogue: each function is one behaviour, tried over HTTP and looked up in the stores."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from itertools import count
from typing import Any

import httpx
import psycopg
import pymysql
import redis
from elasticsearch import Elasticsearch
from pymongo import MongoClient

from boxoffice import world
from course.labs.check import Missed
from course.labs.running import Running

SERVICE = "catalogue"
SIZE = world.Size(events=200, seats=5_000, customers=20_000, orders=40_000)
PAGES, PAGE = 20, 20
READ = 40 * PAGES * PAGE  # rows that the server may touch for so many pages
CROWD = 24
PATIENCE = 1.0  # seconds that somebody who writes may wait while the table changes
TYPED = {"Velvte Sparrows": "Velvet Sparrows", "Electric Engin": "Electric Engine", "midnight wintr": "Midnight Winter"}
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
FRESH = count(1)  # numbers that no behaviour has used


async def prepare(lab: Running) -> None:
    """Wait until the service answers; each behaviour uses seats, events and venues of its own."""
    deadline = time.monotonic() + 40
    while True:
        with contextlib.suppress(Missed):
            async with client(lab) as http:
                if (await http.get("/health")).is_success:
                    return
        if time.monotonic() > deadline:
            raise Missed("GET /health", lab.log(3) or "silence", "an answer", "nobody buys anything")
        await asyncio.sleep(0.2)


@contextlib.asynccontextmanager
async def client(lab: Running) -> AsyncIterator[httpx.AsyncClient]:
    """Yield an HTTP client of the service."""
    host, port = lab.address(SERVICE)
    limits = httpx.Limits(max_connections=CROWD, max_keepalive_connections=0)  # a server hangs up after an error
    try:
        async with httpx.AsyncClient(base_url=f"http://{host}:{port}", timeout=30, limits=limits) as http:
            yield http
    except httpx.TransportError as error:
        raise Missed("a request", f"{type(error).__name__}: {error}", "an answer", "the service hung up") from None


def postgres(lab: Running) -> psycopg.Connection[Any]:
    """Return an administrator's connection to PostgreSQL."""
    host, port = lab.address("postgres")
    password = lab.settings["STORE_PASSWORD"]
    return psycopg.connect(f"postgresql://course:{password}@{host}:{port}/boxoffice", autocommit=True)


def look(lab: Running, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a query to PostgreSQL."""
    with postgres(lab) as connection:
        return connection.execute(query, values).fetchall()


def touched(lab: Running, table: str) -> int:
    """Return how many rows of a table the server has read so far, by whatever way, and wait until it has counted all."""
    query = "SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables WHERE relname = %s"
    rows, again = -1, int(look(lab, query, table)[0][0])
    while rows != again:
        time.sleep(1.2)  # a session tells its counts once a second
        rows, again = again, int(look(lab, query, table)[0][0])
    return rows


def scanned(lab: Running, table: str) -> int:
    """Return how often a table was read from end to end."""
    touched(lab, table)
    return int(look(lab, "SELECT seq_scan FROM pg_stat_user_tables WHERE relname = %s", table)[0][0])


async def counted(
    lab: Running, count: Callable[[Running, str], int], table: str, work: Callable[[], Awaitable[None]], most: int
) -> int:
    """Return what some work adds to a count of a table; where that is more than `most`, of the second time.

    A session may tell what it did before this work as late as with it: building an index reads a table as well.
    """
    added, before = 0, await asyncio.to_thread(count, lab, table)
    for _ in range(2):
        await work()
        after = await asyncio.to_thread(count, lab, table)
        added, before = after - before, after
        if added <= most:
            break
    return added


async def check_a_page_of_cheap_seats_reads_a_page(lab: Running) -> None:
    """Twenty pages of the cheapest free seats are right, and cost the server twenty pages, not a million seats."""
    call = f"{PAGES} pages of GET /cheapest?limit={PAGE}"
    wanted = look(lab, "SELECT id FROM seat WHERE status = 'free' ORDER BY price, id LIMIT %s", PAGES * PAGE)

    async def turn() -> None:
        page, found = "", []
        async with client(lab) as http:
            for _ in range(PAGES):
                answer = (await http.get("/cheapest", params={"limit": PAGE, "page": page})).json()
                found += [seat["id"] for seat in answer["seats"]]
                page = answer["next"]
        if found != [seat for (seat,) in wanted]:
            got = f"{len(set(found))} seats, among them others"
            raise Missed(call, got, "the cheapest, in order", "a page is skipped")

    read = await counted(lab, touched, "seat", turn, READ)
    if read > READ:
        raise Missed(call, f"{read:,} rows read", f"at most {READ:,}", "the server looks at every seat for each page")


async def check_a_page_is_stable_while_seats_are_sold(lab: Running) -> None:
    """Somebody turns pages while the seats of the first page are sold: no seat is skipped, none is seen twice."""
    call = "GET /cheapest, the ten cheapest seats are sold, GET the next page"
    wanted = [seat for (seat,) in look(lab, "SELECT id FROM seat WHERE status = 'free' ORDER BY price, id LIMIT 40")]
    async with client(lab) as http:
        first = (await http.get("/cheapest", params={"limit": 20})).json()
        look(lab, "UPDATE seat SET status = 'sold' WHERE id = ANY(%s) RETURNING id", wanted[:10])
        try:
            second = (await http.get("/cheapest", params={"limit": 20, "page": first["next"]})).json()
        finally:
            look(lab, "UPDATE seat SET status = 'free' WHERE id = ANY(%s) RETURNING id", wanted[:10])
    found = [seat["id"] for seat in second["seats"]]
    if found != wanted[20:]:
        skipped = len(set(wanted[20:]) - set(found))
        raise Missed(
            call, f"{skipped} seats were skipped", "the twenty that follow", "a free seat that nobody is shown"
        )


async def check_a_customer_is_found_without_a_search(lab: Running) -> None:
    """A customer is found by address, however it is spelt, and the table is not read from end to end for it."""
    numbers = [1 + world.mixed(n, 77) % SIZE.customers for n in range(10)]
    rows = {row[0]: row for row in world.customers(SIZE) if row[0] in numbers}

    async def find() -> None:
        async with client(lab) as http:
            for number in numbers:
                email = rows[number][1].swapcase()
                answer = await http.get("/customers", params={"email": email})
                if answer.status_code != 200 or answer.json()["id"] != number:
                    raise Missed(f"GET /customers?email={email}", answer.text, str(number), "no login")

    scans = await counted(lab, scanned, "customer", find, 0)
    if scans:
        why = "at ten in the morning everybody logs in"
        raise Missed("ten customers by address", f"the table was read {scans} times", "an index is used", why)


async def check_a_seat_is_held_by_one(lab: Running) -> None:
    """A crowd that reaches for a seat at once: one holds it, for two minutes, and nobody else can give it back."""
    for _ in range(15):
        seat = 900_000 + next(FRESH)
        async with client(lab) as http:
            requests = [http.put(f"/holds/{seat}", params={"session": f"s{n}"}) for n in range(CROWD)]
            codes = [answer.status_code for answer in await asyncio.gather(*requests)]
            call = f"{CROWD} times PUT /holds/{seat} at once"
            if codes.count(201) != 1:
                raise Missed(call, f"{codes.count(201)} hold it", "one of them", "two guests, one seat")
            holder = codes.index(201)
            other = (await http.delete(f"/holds/{seat}", params={"session": "s-other"})).status_code
            again = (await http.put(f"/holds/{seat}", params={"session": "s-new"})).status_code
            mine = (await http.delete(f"/holds/{seat}", params={"session": f"s{holder}"})).status_code
            if (other, again, mine) != (404, 409, 200):
                got = f"{other}, {again}, {mine}"
                raise Missed(
                    "DELETE by another, PUT by a third, DELETE by the holder", got, "404, 409, 200", "it is theirs"
                )


async def check_a_hold_ends_by_itself(lab: Running) -> None:
    """A hold whose customer has left ends after two minutes: the key in Redis knows when."""
    seat = 900_000 + next(FRESH)
    async with client(lab) as http:
        await http.put(f"/holds/{seat}", params={"session": "gone"})
    host, port = lab.address("redis")
    with redis.Redis(host=host, port=port, decode_responses=True) as store:
        ends = {key: store.ttl(key) for key in store.scan_iter(f"*{seat}*")}
    if not ends or not all(0 < seconds <= 120 for seconds in ends.values()):
        raise Missed(
            f"PUT /holds/{seat}, then the TTL", str(ends or "no key"), "1 to 120 s", "a seat that nobody can buy"
        )


async def check_a_seat_is_sold_once(lab: Running) -> None:
    """Orders for overlapping seats, in every order, at once: each is sold whole or refused, and no seat twice."""
    event = 190 + next(FRESH) % 10
    rows = look(lab, "SELECT id FROM seat WHERE event_id = %s AND status = 'free' ORDER BY id LIMIT 60", event)
    seats = [seat for (seat,) in rows]
    wishes = [
        [a, b, c] if n % 2 else [c, b, a] for n, (a, b, c) in enumerate(zip(seats, seats[1:], seats[2:], strict=False))
    ]
    async with client(lab) as http:
        with postgres(lab) as gate, gate.transaction():  # nobody can write before several have looked
            gate.execute("SELECT FROM seat WHERE id = ANY(%s) FOR UPDATE", [seats])
            orders = [{"customer": n + 1, "seats": wish} for n, wish in enumerate(wishes)]
            sent = [asyncio.create_task(http.post("/orders", json=order)) for order in orders]
            deadline = time.monotonic() + 2
            while look(lab, WAITING)[0][0] < 4 and time.monotonic() < deadline:
                await asyncio.sleep(0.02)
        answers = await asyncio.gather(*sent)
    call = f"{len(wishes)} orders of three seats each, at once"
    codes = Counter(answer.status_code for answer in answers)
    if set(codes) - {201, 409}:
        raise Missed(
            call, f"status {dict(codes)}", "201 or 409", "two orders waited for each other, or took one number"
        )
    told = {
        answer.json()["order"]: sorted(wish) for answer, wish in zip(answers, wishes, strict=True) if answer.is_success
    }
    if len(told) != codes[201]:
        raise Missed(call, f"{codes[201]} orders with {len(told)} numbers", "a number each", "two customers, one order")
    query = "SELECT order_id, array_agg(seat_id ORDER BY seat_id) FROM ticket WHERE seat_id = ANY(%s) GROUP BY order_id"
    kept = dict(look(lab, query, seats))
    if kept != told:
        missing = sum(kept.get(order) != wish for order, wish in told.items())
        why = "somebody paid for a seat that another one has"
        raise Missed(call, f"{missing} orders lack tickets", "three tickets each", why)


async def check_a_typing_error_finds_the_artist(lab: Running) -> None:
    """One wrong letter, or two that changed places, still find the artist, and first."""
    artists = {row[0]: row[3] for row in world.events(SIZE)}
    async with client(lab) as http:
        for wrong, right in TYPED.items():
            wanted = {number for number, name in artists.items() if name == f"The {right}"}
            answer = (await http.get("/search", params={"q": wrong})).json()["events"]
            if not answer or not set(answer[: len(wanted)]) <= wanted:
                found = [artists[number] for number in answer[:3]] or "nothing"
                raise Missed(f"GET /search?q={wrong}", str(found), f"The {right}", "nobody can spell the headliner")


async def check_a_renamed_event_is_found_when_the_search_was_away(lab: Running) -> None:
    """An event is renamed while the search is down: the change is taken at once, and found when the search is back."""
    event, title = 161 + next(FRESH) % 40, f"Moonlit Ferry number {next(FRESH)}"
    call = f"PATCH /events/{event} while Elasticsearch is stopped"
    await asyncio.to_thread(lab.signal, "elasticsearch", "KILL")
    await asyncio.to_thread(lab.ended, "elasticsearch", 20)
    try:
        async with client(lab) as http:
            code = (await http.patch(f"/events/{event}", json={"title": title})).status_code
    finally:
        await asyncio.to_thread(lab.start, "elasticsearch")
        await asyncio.to_thread(_search_answers, lab)
    if code != 200:
        raise Missed(call, f"status {code}", "200", "the title is the catalogue's; the search may be late")
    deadline, found = time.monotonic() + 20, list[int]()
    async with client(lab) as http:
        while event not in found and time.monotonic() < deadline:
            with contextlib.suppress(ValueError, KeyError):
                found = (await http.get("/search", params={"q": title})).json()["events"]
            await asyncio.sleep(0.3)
    if event not in found:
        raise Missed(call, "20 s after it is back, the new title is not found", "found", "the search never catches up")


def _search_answers(lab: Running) -> None:
    host, port = lab.address("elasticsearch")
    deadline = time.monotonic() + 50
    with Elasticsearch(f"http://{host}:{port}", request_timeout=3, max_retries=0) as store:
        while time.monotonic() < deadline:
            with contextlib.suppress(Exception):
                store.cluster.health(wait_for_status="yellow", timeout="1s")
                return
            time.sleep(0.3)


async def check_a_venue_that_changed_is_shown_as_it_is(lab: Running) -> None:
    """What is changed of a venue is seen by the next reader, and the cache stays of use."""
    venue = 1 + next(FRESH) % 10
    async with client(lab) as http:
        await http.get(f"/venues/{venue}")
        for entrance in (f"door {next(FRESH)}", f"door {next(FRESH)}"):
            await http.patch(f"/venues/{venue}", json={"entrance": entrance})
            told = (await http.get(f"/venues/{venue}")).json().get("entrance")
            if told != entrance:
                raise Missed(
                    f"PATCH, then GET /venues/{venue}", str(told), entrance, "guests stand before the wrong door"
                )
        host, port = lab.address("mongodb")
        with MongoClient[Any](host, port) as store:
            store.catalogue.venue.update_one({"_id": venue}, {"$set": {"entrance": "unseen"}})
        if (await http.get(f"/venues/{venue}")).json()["entrance"] == "unseen":
            raise Missed(
                f"GET /venues/{venue} again", "read from MongoDB", "the copy in Memcached", "the cache is never used"
            )


async def check_a_venue_is_shown_without_the_cache(lab: Running) -> None:
    """While Memcached is down, venues are still shown and changed; slower is well enough."""
    await asyncio.to_thread(lab.signal, "memcached", "KILL")
    await asyncio.to_thread(lab.ended, "memcached", 20)
    try:
        async with client(lab) as http:
            codes = [
                (await http.get("/venues/3")).status_code,
                (await http.patch("/venues/3", json={"a": 1})).status_code,
            ]
    finally:
        await asyncio.to_thread(lab.start, "memcached")
    if codes != [200, 200]:
        raise Missed(
            "GET and PATCH /venues/3 while Memcached is stopped", str(codes), "[200, 200]", "a cache may vanish"
        )


async def check_the_ledger_holds_each_order_once(lab: Running) -> None:
    """A settlement that broke off half-way and is sent again leaves each paid order in the ledger once."""
    event = 1 + next(FRESH) % 160
    [(orders, total)] = look(
        lab, "SELECT count(*), sum(total) FROM orders WHERE event_id = %s AND status = 'paid'", event
    )
    with _ledger(lab) as store, store.cursor() as cursor:
        cursor.execute("DELETE FROM entry WHERE event_id = %s", [event])
        store.commit()
    for _ in range(2):  # killed in the middle, where it has one
        async with client(lab) as http:
            task = asyncio.create_task(http.post(f"/settlements/{event}"))
            await asyncio.sleep(0.03)
            await asyncio.to_thread(lab.signal, SERVICE, "KILL")
            with contextlib.suppress(httpx.HTTPError):
                await task
        await asyncio.to_thread(lab.ended, SERVICE, 20)
        await asyncio.to_thread(lab.start, SERVICE)
        await prepare(lab)
    async with client(lab) as http:
        await asyncio.gather(*(http.post(f"/settlements/{event}") for _ in range(3)))
    with _ledger(lab) as store, store.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT order_id), sum(amount) FROM entry WHERE event_id = %s", [event])
        entries, different, amount = cursor.fetchone() or (0, 0, 0)
    if (entries, different, amount) != (orders, orders, total):
        got = f"{entries} entries for {different} orders, {amount} in all"
        raise Missed(
            f"POST /settlements/{event}, three times over", got, f"{orders} entries, {total}", "paid out twice"
        )


def _ledger(lab: Running) -> pymysql.Connection[Any]:
    host, port = lab.address("mariadb")
    return pymysql.connect(
        host=host, port=port, user="root", password=lab.settings["STORE_PASSWORD"], database="ledger"
    )


async def check_a_migration_keeps_nobody_waiting(lab: Running) -> None:
    """The column `accessible` comes while seats are held and sold: who writes never waits for a second; again is harmless."""
    with postgres(lab) as connection:
        connection.execute("ALTER TABLE seat DROP COLUMN IF EXISTS accessible CASCADE")
    execute = functools.partial(lab.execute, SERVICE, "python3", "-m", "catalogue.migrate")  # type: ignore[attr-defined]
    with postgres(lab) as reader, _writer(lab) as waits:
        reader.autocommit = False
        reader.execute("SELECT count(*) FROM (SELECT 1 FROM seat LIMIT 10) few")  # a report that is open for a while
        began, migration = time.monotonic(), asyncio.create_task(asyncio.to_thread(_run, execute))
        while not migration.done() and waits() <= PATIENCE:
            await asyncio.sleep(0.05)
            if time.monotonic() > began + 2.5:
                reader.rollback()
        longest = waits()
        reader.rollback()
        if longest > PATIENCE:  # enough was seen
            look(lab, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE %s", "%accessible%")
        failed = await migration
    call = "python3 -m catalogue.migrate while a report reads and somebody writes"
    if longest > PATIENCE:
        raise Missed(
            call, f"a write waited for {longest:.1f} s", f"at most {PATIENCE:.0f} s", "at ten o'clock tills stand still"
        )
    if failed:
        raise Missed(call, failed, "success", "it broke off")
    query = "SELECT count(*) FILTER (WHERE accessible IS DISTINCT FROM (number <= 2)) FROM seat"
    nullable = (
        "SELECT is_nullable FROM information_schema.columns WHERE table_name = 'seat' AND column_name = 'accessible'"
    )
    wrong, form = look(lab, query)[0][0], look(lab, nullable)
    if wrong or form != [("NO",)]:
        raise Missed(call, f"{wrong} seats without the right value, nullable: {form}", "none, NO", "it is not done")
    if again := await asyncio.to_thread(_run, execute):
        raise Missed("the migration again", again, "nothing to do", "a deployment that broke off is sent again")


def _run(execute: Any) -> str:
    try:
        execute(seconds=90)
        return ""
    except Exception as error:
        return str(error)[-200:]


@contextlib.contextmanager
def _writer(lab: Running) -> Iterator[Callable[[], float]]:
    """Change seats without a pause in a thread; yield what tells the longest wait so far, in seconds."""
    longest, since, ended = 0.0, time.monotonic(), threading.Event()

    def write() -> None:
        nonlocal longest, since
        with postgres(lab) as connection:
            for number in count(1):
                if ended.is_set():
                    return
                seat, since = world.mixed(number, 5) % 1_000_000 + 1, time.monotonic()
                connection.execute("UPDATE seat SET price = price WHERE id = %s", [seat])
                longest = max(longest, time.monotonic() - since)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield lambda: max(longest, time.monotonic() - since)
    finally:
        ended.set()
        thread.join()
