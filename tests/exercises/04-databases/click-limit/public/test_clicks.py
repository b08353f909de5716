import random
from collections import deque

import answer
import pytest

pytestmark = pytest.mark.writes
NOW = 1_778_839_200_000  # Friday 15 May 2026, 10:00, in milliseconds


def by_the_contract(times: list[int], limit: int, window: int) -> list[int]:
    """Say what each click gets, from a list of those that were let through."""
    counted: deque[int] = deque()
    waits = []
    for now in times:
        while counted and counted[0] <= now - window:
            counted.popleft()
        waits.append(0 if len(counted) < limit else counted[0] + window - now)
        if not waits[-1]:
            counted.append(now)
    return waits


def test_the_limit_is_kept(rng: random.Random, place):
    """As many clicks as the limit are let through, and the next one is told how long to wait."""
    limit = rng.randint(2, 6)
    times = [NOW + 700 * number for number in range(limit)]
    waits = [answer.wait(place.url, "Ada", now, limit, 60_000) for now in times]
    assert waits == [0] * limit, "nobody is to be refused before the limit"
    asked = times[-1] + rng.randint(1, 500)
    assert answer.wait(place.url, "Ada", asked, limit, 60_000) == NOW + 60_000 - asked, (
        "the first click is the next to go"
    )


@pytest.mark.points(2)
def test_clicks_of_one_millisecond_are_several(rng: random.Random, place):
    """Clicks that come in the same millisecond count one by one."""
    limit = rng.randint(3, 8)
    waits = [answer.wait(place.url, "resale", NOW, limit, 60_000) for _ in range(limit + 3)]
    assert waits == [0] * limit + [60_000] * 3, "the resale script clicks forty times in a millisecond"


def test_the_wait_is_long_enough_and_no_longer(rng: random.Random, place):
    """Who waits as told is let through; who comes a millisecond early is told to wait that millisecond."""
    window = rng.randint(2_000, 9_000)
    answer.wait(place.url, "Ada", NOW, 1, window)
    asked = NOW + rng.randint(1, window - 100)
    wait = answer.wait(place.url, "Ada", asked, 1, window)
    assert answer.wait(place.url, "Ada", asked + wait - 1, 1, window) == 1, "the click still counts then"
    assert answer.wait(place.url, "Ada", asked + wait, 1, window) == 0, "a click that is a window old counts no more"


@pytest.mark.points(2)
def test_the_window_slides(rng: random.Random, place):
    """Whenever the clicks come, each gets what the contract says, click by click."""
    limit, window, now = rng.randint(2, 5), 10_000, NOW
    times = []
    for _ in range(40):
        now += rng.choice([0, 1, 200, 1_500, 4_000])
        times.append(now)
    waits = [answer.wait(place.url, "Ada", now, limit, window) for now in times]
    assert waits == by_the_contract(times, limit, window), (
        "a limit that forgets at each full minute lets twice as many through"
    )


def test_customers_do_not_share_a_limit(place):
    """One customer's clicks do not count for another."""
    answer.wait(place.url, "Ada", NOW, 1, 60_000)
    assert answer.wait(place.url, "Björn", NOW, 1, 60_000) == 0, "Björn has not clicked yet"
