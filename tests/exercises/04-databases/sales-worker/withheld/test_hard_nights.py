import random
from collections import Counter

import answer
import pytest
import redis

from course.checks import inside

pytestmark = pytest.mark.writes


def at(place) -> redis.Redis:
    return redis.Redis.from_url(place.admin, decode_responses=True)


def sell(place, rng: random.Random, number: int) -> Counter[str]:
    cents: Counter[str] = Counter()
    with at(place).pipeline(transaction=False) as pipe:
        for _ in range(number):
            event, price = f"event {rng.randint(1, 4)}", rng.randint(1_000, 20_000)
            cents[event] += price
            pipe.xadd("sales", {"event": event, "cents": price})
        pipe.execute()
    return cents


def revenue(place) -> Counter[str]:
    return Counter({event: int(cents) for event, cents in at(place).hgetall("revenue").items()})


@pytest.mark.points(2)
def test_two_workers_add_each_sale_once(rng: random.Random, place):
    """When another worker is given the same entries at any moment, each is added by one of the two."""
    for number in range(1, 60):
        at(place).flushdb()
        cents = sell(place, rng, 4)
        added = inside("meets", number, place.url)
        assert revenue(place) == cents, "a slow worker and its successor both added a ticket, or neither did"
        assert sum(added) == 4, "each says how many it added itself"
        if len(added) == 1:
            break


def test_many_living_ones_do_not_hide_a_dead_one(rng: random.Random, place):
    """What a dead worker had is found behind a thousand entries that are being worked on."""
    server = at(place)
    sell(place, rng, 1_200)
    dead = sell(place, rng, 7)
    server.xgroup_create("sales", "revenue", id="0")
    server.xreadgroup("revenue", "busy", {"sales": ">"}, count=1_200)
    [[_, given]] = server.xreadgroup("revenue", "gone", {"sales": ">"})
    server.xclaim("sales", "revenue", "gone", 0, [entry for entry, _ in given], idle=3_600_000, justid=True)
    assert answer.work(place.url, "w2", 1_800_000) == 7, "the dead worker's seven stand behind 1,200 younger ones"
    assert revenue(place) == dead, "the younger ones are somebody's work"


def test_many_of_a_dead_worker_are_all_added(rng: random.Random, place):
    """However many entries a dead worker had, and however many are new, all are done in one go."""
    server = at(place)
    cents = sell(place, rng, 420)
    server.xgroup_create("sales", "revenue", id="0")
    server.xreadgroup("revenue", "w1", {"sales": ">"}, count=230)
    assert answer.work(place.url, "w2", 0) == 420, "w1 had 230, and 190 are new"
    assert revenue(place) == cents, "the settlement is made of this"


@pytest.mark.points(2)
def test_refused_cents_go_aside_once(rng: random.Random, place):
    """An entry whose cents cannot be added goes to the dead ones, once, with all it held; the others are added."""
    server = at(place)
    bad = [{"event": "e", "cents": "45,00"}, {"event": "e", "cents": "9" * 20}, {"event": "e", "seat": "A1"}]
    cents, ids = sell(place, rng, 2), []
    for fields in bad:
        ids.append(server.xadd("sales", fields))
        cents += sell(place, rng, 1)
    assert answer.work(place.url, "w1", 0) == 5, "five sales have cents, three have none"
    answer.work(place.url, "w2", 0)
    assert revenue(place) == cents, "one bad entry stopped the others, or was added"
    found = [fields for _, fields in server.xrange("sales:dead")]
    assert found == [fields | {"id": entry} for fields, entry in zip(bad, ids, strict=True)], (
        "somebody has to look at these"
    )
    assert server.xpending("sales", "revenue")["pending"] == 0, (
        "an entry that is never acknowledged comes back for ever"
    )


def test_a_death_loses_no_refused_entry(rng: random.Random, place):
    """Wherever a worker dies, an entry whose cents cannot be added is put aside once."""
    server = at(place)
    for after in (False, True):
        for number in range(1, 60):
            server.flushdb()
            cents = sell(place, rng, 1)
            server.xadd("sales", {"event": "e", "cents": "45,00"})
            died = inside("dies", number, after, place.url, "w1")
            answer.work(place.url, "w2", 0)
            assert server.xlen("sales:dead") == 1, (
                "a worker died, and an entry that nobody could add is lost or doubled"
            )
            assert revenue(place) == cents, "a worker died: one ticket is lost, or one is counted twice"
            if not died:
                break


def test_refunds_and_large_sums_count(place):
    """Cents below 0 are refunds, and are added like others."""
    server = at(place)
    for cents in (12_050, -12_050, -300, 9_000_000_000_000_000):
        server.xadd("sales", {"event": "e", "cents": cents})
    assert answer.work(place.url, "w1", 0) == 4, "a refund is a sale of less than nothing"
    assert server.hget("revenue", "e") == "8999999999999700", "sums are exact"


def test_deleted_entries_stop_nobody(rng: random.Random, place):
    """An entry that was deleted while a dead worker had it is no reason to stop."""
    server = at(place)
    cents = sell(place, rng, 6)
    server.xgroup_create("sales", "revenue", id="0")
    [[_, given]] = server.xreadgroup("revenue", "w1", {"sales": ">"}, count=3)
    entry, sale = rng.choice(given)
    server.xdel("sales", entry)
    cents[sale["event"]] -= int(sale["cents"])
    assert answer.work(place.url, "w2", 0) == 5, "of six entries one was deleted"
    assert revenue(place) == +cents, "the five others are to be added"
