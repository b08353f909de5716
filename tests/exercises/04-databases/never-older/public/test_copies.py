import random

import answer
import pytest
import redis

pytestmark = pytest.mark.writes


class Shows:
    """The database: seats that are free, by show; `act` runs when a reader has read and is on his way."""

    def __init__(self) -> None:
        self.free, self.loaded, self.act = {17: 300, 4: 900}, 0, None

    def load(self, event: int) -> str:
        self.loaded += 1
        found = f"{self.free[event]} free"
        if self.act:
            act, self.act = self.act, None
            act()
        return found

    def sell(self, place, event: int) -> None:
        self.free[event] -= 1
        answer.changed(place.url, event)

    def read(self, place, event: int) -> str:
        return answer.read(place.url, event, self.load, 60)


def test_a_copy_is_used(place, rng: random.Random):
    """Without a change `load` is called once, however many read."""
    shows = Shows()
    shows.free[17] = rng.randrange(1, 999)
    assert [shows.read(place, 17) for _ in range(4)] == [f"{shows.free[17]} free"] * 4
    assert shows.loaded == 1, "a cache that always asks is none"


@pytest.mark.points(2)
def test_a_sale_is_seen(place, rng: random.Random):
    """Whoever reads after a sale sees it, and the next one has a copy of that."""
    shows = Shows()
    for _ in range(rng.randrange(2, 5)):
        shows.read(place, 17)
        shows.sell(place, 17)
        assert [shows.read(place, 17), shows.read(place, 17)] == [f"{shows.free[17]} free"] * 2, "the seat was sold"
    assert shows.loaded <= 10, "one question for each sale is enough"


@pytest.mark.points(2)
def test_a_slow_reader_puts_nothing_back(place, rng: random.Random):
    """A seat is sold while a reader is on his way; whoever reads afterwards sees it sold."""
    shows = Shows()
    for _ in range(rng.randrange(1, 4)):
        shows.sell(place, 17)
    shows.act = lambda: shows.sell(place, 17)
    shows.read(place, 17)
    assert shows.read(place, 17) == f"{shows.free[17]} free", "the seat that was sold is free again on the map"


def test_shows_are_apart(place):
    """A sale for one show makes nobody load another, and its numbers are its own."""
    shows = Shows()
    for event in (17, 4):
        shows.read(place, event)
    shows.sell(place, 4)
    assert shows.read(place, 17) == "300 free"
    assert shows.loaded == 2, "forty shows are on sale, and each sale empties the cache of all"
    assert shows.read(place, 4) == "899 free"


def test_every_key_has_an_end(place, rng: random.Random):
    """A copy ends after `seconds`, and whatever else there is within a day."""
    seconds = rng.randrange(100, 900)
    server, before = redis.Redis.from_url(place.admin), time_of(place)
    answer.read(place.url, 17, lambda event: "a map of 300", seconds)
    answer.changed(place.url, 4)
    answer.read(place.url, 17, lambda event: "a map of 300", seconds)
    ends = {key: server.pttl(key) for key in server.keys("*")}
    assert [key for key, end in ends.items() if not 0 < end <= 86_400_000] == [], "shows end, and their keys stay"
    copies = [server.pexpiretime(key) - before for key in ends if b"a map of 300" in (held(server, key) or b"")]
    assert copies, "nothing was kept"
    assert max(copies) <= 1000 * seconds + 5_000, "a copy is used for longer than was asked for"


def time_of(place) -> int:
    """Return the server's time in ms."""
    seconds, micros = redis.Redis.from_url(place.admin).time()
    return 1000 * seconds + micros // 1000


def held(server, key: bytes) -> bytes:
    """Return what a key holds, as it is dumped; small texts stand in it as they are."""
    return server.dump(key)
