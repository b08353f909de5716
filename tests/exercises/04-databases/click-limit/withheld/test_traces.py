import random

import answer
import pytest
import redis

from course.checks import inside

pytestmark = pytest.mark.writes
NOW = 1_778_839_200_000


def at(place) -> redis.Redis:
    return redis.Redis.from_url(place.admin)


def ends(place) -> list[int]:
    """Return the milliseconds that each key has left."""
    server = at(place)
    return [server.pttl(key) for key in server.keys("clicks:*")]


def taken(place) -> int:
    """Return the bytes that all keys take."""
    server = at(place)
    return sum(server.memory_usage(key, samples=0) for key in server.keys("*"))


@pytest.mark.points(2)
def test_nobody_slips_through_between(rng: random.Random, place):
    """Whenever another server asks meanwhile, no more clicks are let through than the limit, and no fewer."""
    for number in range(1, 40):
        customer, limit = f"customer {number}", rng.randint(1, 3)
        for _ in range(limit - 1):
            answer.wait(place.url, customer, NOW, limit, 60_000)
        said = inside("overtaken", number, place.url, customer, NOW, limit, 60_000)
        if len(said) == 1:
            break
        assert sorted(said) == [0, 60_000], "one place was left, and two servers asked for it"


def test_the_traces_of_a_customer_end(rng: random.Random, place):
    """What is kept for a customer who stays away ends a window after the last click that was let through."""
    window = rng.randint(30_000, 90_000)
    for number in range(3):
        answer.wait(place.url, "Ada", NOW + number, 5, window)
    found = ends(place)
    assert found and all(window - 5_000 < end <= window for end in found), "memory filled with customers of last year"


def test_each_click_let_through_moves_the_end(rng: random.Random, place):
    """A click that is let through counts for a whole window, whenever the first one came."""
    window = rng.randint(30_000, 90_000)
    answer.wait(place.url, "Ada", NOW, 5, window)
    for key in (server := at(place)).keys("*"):
        server.pexpire(key, 4_000)  # almost a window later
    answer.wait(place.url, "Ada", NOW + window - 4_000, 5, window)
    assert max(ends(place)) > window - 5_000, "the end of the first click took the later one with it"


def test_a_refused_click_changes_nothing(rng: random.Random, place):
    """Who clicks in vain is counted no longer for it, and takes no memory."""
    limit = rng.randint(2, 4)
    for _ in range(limit + 1):
        answer.wait(place.url, "Ada", NOW, limit, 60_000)
    for key in (server := at(place)).keys("*"):
        server.pexpire(key, 40_000)
    before = taken(place)
    waits = [answer.wait(place.url, "Ada", NOW + 30_000 + n, limit, 60_000) for n in range(20)]
    assert waits == [30_000 - n for n in range(20)], "a click that was refused was counted"
    assert taken(place) <= before, "clicks in vain fill the memory"
    assert max(ends(place)) <= 40_000, "who clicks in vain is remembered for longer"


def test_what_is_kept_does_not_grow(rng: random.Random, place):
    """A customer of many windows takes no more memory than one of the first."""
    limit = rng.randint(2, 3)
    for number in range(2 * limit):
        answer.wait(place.url, "Ada", NOW + 20_000 * number, limit, 60_000)
    first = taken(place)
    for number in range(2 * limit, 45):
        answer.wait(place.url, "Ada", NOW + 20_000 * number, limit, 60_000)
    assert taken(place) < 2 * first, "what no longer counts is still there"
