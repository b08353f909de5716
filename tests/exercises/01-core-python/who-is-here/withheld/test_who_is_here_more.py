import random
from collections import Counter

import answer
import pytest

from course.checks import inside


@pytest.mark.points(2)
def test_any_evening(rng: random.Random):
    """Whatever is seen and asked, the answers are those of a list that is looked through from the start."""
    for seconds in (rng.randrange(3, 9), 0.75):
        now, seen = [1000.0], []
        window = answer.Window(seconds, lambda now=now: now[0])
        for _ in range(22):
            now[0] += rng.choice([0, 0.25, 0.25, 0.5, 0.5, 1, seconds])
            for customer in rng.choices("ABCD", k=rng.randrange(1, 3)):
                seen.append((now[0], customer))
                window.see(customer)
            here = Counter(who for at, who in seen if now[0] - at < seconds)
            busiest = sorted(here.items(), key=lambda item: (-item[1], item[0]))[:2]
            assert (window.total(), window.customers(), window.busiest(2)) == (here.total(), len(here), busiest)


def test_two_windows_know_nothing_of_each_other():
    """Each window has its own sightings, its own length and its own clock."""
    day, night = answer.Window(60, lambda: 100.0), answer.Window(5, lambda: 7.0)
    day.see("Ana")
    night.see("Ben")
    night.see("Eve")
    assert (day.total(), night.total(), day.busiest(3)) == (1, 2, [("Ana", 1)])


def test_a_rush_is_counted_in_full():
    """Forty thousand sightings within the window are forty thousand."""
    assert inside("rush", 40_000, 1, "total") == 40_000, "a bound that drops the oldest says nothing"


def test_the_total_is_asked_thousands_of_times():
    """`total` takes no longer when the window is full."""
    assert inside("rush", 40_000, 30_000, "total") == 40_000


def test_the_number_of_customers_is_asked_thousands_of_times():
    """`customers` takes no longer when the window is full."""
    assert inside("rush", 40_000, 30_000, "customers") == 5_000


def test_a_long_evening_costs_what_a_short_one_does():
    """What has left is not looked at again."""
    assert inside("long_evening", 100_000) == (60, 60), "a service runs for weeks"
