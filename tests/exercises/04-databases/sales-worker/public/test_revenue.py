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
    """Sell tickets; return the cents of each event."""
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


def test_new_sales_are_added(rng: random.Random, place):
    """Sales are added to their events and acknowledged, those from before the first worker too."""
    cents = sell(place, rng, 12)
    assert answer.work(place.url, "w1", 60_000) == 12, "twelve tickets were sold before the first worker started"
    cents += sell(place, rng, 5)
    assert answer.work(place.url, "w1", 60_000) == 5, "five tickets were sold since"
    assert revenue(place) == cents, "the settlement is made of this"
    assert at(place).xpending("sales", "revenue")["pending"] == 0, "what is not acknowledged is handed out again"


def test_without_sales_there_is_nothing_to_do(rng: random.Random, place):
    """A worker that starts before the first sale adds nothing, and does not miss that sale."""
    assert answer.work(place.url, "w1", 60_000) == 0, "nothing was sold yet"
    cents = sell(place, rng, 1)
    assert answer.work(place.url, "w1", 60_000) == 1, "one ticket was sold"
    assert revenue(place) == cents, "the settlement is made of this"


@pytest.mark.points(2)
def test_what_a_dead_worker_had_is_added(rng: random.Random, place):
    """Entries of a worker that is gone are added by another one, and by its successor of the same name."""
    server = at(place)
    server.xgroup_create("sales", "revenue", id="0", mkstream=True)
    for me in ("w2", "w1"):
        server.delete("revenue")
        cents = sell(place, rng, 12)
        server.xreadgroup("revenue", "w1", {"sales": ">"}, count=rng.randint(4, 8))
        assert answer.work(place.url, me, 0) == 12, "w1 died with some of these twelve"
        assert revenue(place) == cents, "a ticket that a dead worker had is lost"


@pytest.mark.points(2)
def test_a_death_anywhere_loses_and_doubles_nothing(rng: random.Random, place):
    """Wherever a worker dies, before or after any of its commands, the next one makes the sums right."""
    server = at(place)
    for after in (False, True):
        for number in range(1, 60):
            server.flushdb()
            cents = sell(place, rng, 4)
            died = inside("dies", number, after, place.url, "w1")
            answer.work(place.url, rng.choice(["w1", "w2"]), 0)
            assert revenue(place) == cents, "a worker died: one ticket is lost, or one is counted twice"
            assert server.xpending("sales", "revenue")["pending"] == 0, "a dead worker's entry still waits"
            if not died:
                break


def test_a_living_worker_keeps_its_entries(rng: random.Random, place):
    """What a worker was given a moment ago is left to it; what nobody touched for long enough is not."""
    server = at(place)
    sell(place, rng, 9)
    server.xgroup_create("sales", "revenue", id="0")
    [[_, given]] = server.xreadgroup("revenue", "w1", {"sales": ">"}, count=6)
    old = [entry for entry, _ in given[:2]]
    server.xclaim("sales", "revenue", "w1", 0, old, idle=90_000, justid=True)
    assert answer.work(place.url, "w2", 60_000) == 5, "of nine, w1 still works on four"
    pending = [each["message_id"] for each in server.xpending_range("sales", "revenue", "-", "+", 99, "w1")]
    assert pending == [entry for entry, _ in given[2:]], "w1 is alive, and would handle these, too"
