import random

import answer  # noqa: F401 (the checks run it through inside.py)
import pytest

from course.checks import inside


def receipts(*numbers: int) -> dict[int, str]:
    return {n: f"receipt {n}" for n in numbers}


@pytest.mark.points(2)
def test_a_feed_that_breaks(rng: random.Random):
    """When the feed fails, the orders that have come are settled; then its error reaches the caller."""
    numbers = [*range(1, rng.randrange(5, 9))]
    broken = {"refused": {2: "card refused"}, "workers": 2, "then the feed raises": "line cut"}
    night = inside("night", {"orders": numbers, "comes after": 0.1, "takes to pay": 5} | broken)
    assert night["ends"] == "raises OSError: line cut", "it settles what has come, says what went wrong, and ends"
    assert sorted(n for _, what, n in night["log"] if what == "end") == numbers, (
        "the payments that were finished: an order that has been read is in no other place"
    )
    assert night["left"] == 0, "tasks that are left: workers that nobody ended"


@pytest.mark.points(2)
def test_a_night_that_is_cancelled(rng: random.Random):
    """Cancelled, it cancels the payments under way, waits until they have cleaned up, and begins no other."""
    workers = rng.randrange(2, 5)
    night = inside(
        "night",
        {"orders": [*range(1, 12)], "comes after": 0, "takes to pay": 30, "workers": workers, "cancelled at": 10},
    )
    assert night["ends"] == "raises CancelledError", "who cancels has to see that it worked"
    begun, cleaned = (sorted(n for _, w, n in night["log"] if w == what) for what in ("begin", "cleaned up"))
    assert begun == list(range(1, workers + 1)), "the payments that were begun: a cancelled night begins no payment"
    assert cleaned == begun, "the payments that have cleaned up: one that is cut off is a payment half made"
    assert (night["at"], night["left"]) == (12.0, 0), "when it ended, and tasks that are left: cleaning up takes 2 s"


@pytest.mark.points(2)
def test_a_fast_feed_and_a_slow_bank(rng: random.Random):
    """At most twice as many orders as there are workers have come and are not begun: the feed waits."""
    workers = rng.randrange(1, 5)
    night = {"orders": [*range(1, 40)], "comes after": 0, "takes to pay": 3, "workers": workers}
    waiting = 0
    for _, what, _ in inside("night", night)["log"]:
        waiting += {"read": 1, "begin": -1}.get(what, 0)
        assert waiting <= 2 * workers, "orders that wait: a feed that never waits fills the memory"


def test_a_feed_without_orders():
    """A night without orders ends at once, and so does one whose feed fails before the first."""
    empty = {"orders": [], "comes after": 0, "takes to pay": 0}
    night = inside("night", empty)
    assert night["ends"] == "returns", "there is nothing to do, and nothing to wait for"
    assert (night["paid"], night["failed"], night["left"]) == ({}, {}, 0), "paid, failed, and tasks that are left"
    assert inside("night", empty | {"then the feed raises": "no line"})["ends"] == "raises OSError: no line"


def test_any_night(rng: random.Random):
    """Nights of all kinds: each order is paid or failed, and none is both."""
    for _ in range(6):
        numbers = rng.sample(range(0, 40), rng.randrange(1, 15))
        refused = {n: f"refused {n}" for n in numbers if rng.random() < 1 / 3}
        night = inside(
            "night",
            {
                "orders": numbers,
                "comes after": [rng.choice([0, 0.5, 7]) for _ in numbers],
                "takes to pay": [rng.randrange(1, 90) / 10 for _ in numbers],
                "refused": refused,
                "workers": rng.randrange(1, 6),
            },
        )
        assert night["ends"] == "returns", "all has come and is paid or refused"
        assert night["paid"] == receipts(*(n for n in numbers if n not in refused)), "these were not refused"
        assert night["failed"] == {n: f"ConnectionError: {text}" for n, text in refused.items()}, "these were"
