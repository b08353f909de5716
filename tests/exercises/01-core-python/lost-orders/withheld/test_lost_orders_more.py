import random

import answer  # noqa: F401 (the checks run it through inside.py)
import pytest

from course.checks import inside


def receipts(*numbers: int) -> dict[int, str]:
    return {n: f"receipt {n}" for n in numbers}


@pytest.mark.points(2)
def test_a_feed_that_breaks(rng: random.Random):
    """When the feed fails, the orders that have come are settled; then its error reaches the caller."""
    number = rng.randrange(4, 8)
    feed = [(0.1, n) for n in range(1, number + 1)]
    night = inside("night", feed, {n: (5.0, "refused" if n == 2 else "") for _, n in feed}, 2, "line cut")
    assert night["raised"] == "OSError: line cut", "whoever called has to know that orders may be missing"
    assert sorted(n for _, what, n in night["log"] if what == "end") == list(range(1, number + 1)), (
        "an order that has been read is in no other place"
    )
    assert night["left"] == 0, "workers that nobody ended"


@pytest.mark.points(2)
def test_a_night_that_is_cancelled(rng: random.Random):
    """Cancelled, it cancels the payments under way, waits until they have cleaned up, and begins no other."""
    workers = rng.randrange(2, 5)
    feed = [(0.0, n) for n in range(1, 12)]
    night = inside("night", feed, {n: (30.0, "") for _, n in feed}, workers, None, 10.0)
    assert night["raised"] == "CancelledError", "who cancels has to see that it worked"
    begun, cleaned = (sorted(n for _, w, n in night["log"] if w == what) for what in ("begin", "cleaned up"))
    assert begun == list(range(1, workers + 1)), "a cancelled night begins no payment"
    assert (cleaned, night["at"], night["left"]) == (begun, 12.0, 0), "it takes two seconds to undo a payment half made"


@pytest.mark.points(2)
def test_a_fast_feed_and_a_slow_bank(rng: random.Random):
    """At most twice as many orders as there are workers have come and are not begun: the feed waits."""
    workers = rng.randrange(1, 5)
    feed = [(0.0, n) for n in range(1, 40)]
    waiting = 0
    for _, what, _ in inside("night", feed, {n: (3.0, "") for _, n in feed}, workers)["log"]:
        waiting += {"read": 1, "begin": -1}.get(what, 0)
        assert waiting <= 2 * workers, "a feed that never waits fills the memory"


def test_cancelled_while_the_feed_is_silent():
    """Cancelled while no order comes and none is paid, it ends, and so do its workers."""
    night = inside("night", [(1.0, 1), (500.0, 2)], {1: (2.0, ""), 2: (2.0, "")}, 3, None, 50.0)
    assert (night["raised"], night["at"], night["left"]) == ("CancelledError", 50.0, 0)


def test_a_feed_without_orders():
    """A night without orders ends at once, and so does one whose feed fails before the first."""
    night = inside("night", [], {})
    assert (night["raised"], night["paid"], night["failed"], night["left"]) == ("", {}, {}, 0)
    assert inside("night", [], {}, 3, "no line")["raised"] == "OSError: no line"


def test_any_night(rng: random.Random):
    """Nights of all kinds: each order is paid or failed, and none is both."""
    for _ in range(6):
        numbers = rng.sample(range(0, 40), rng.randrange(1, 15))
        feed = [(rng.choice([0.0, 0.5, 7.0]), n) for n in numbers]
        bank = {n: (rng.randrange(1, 90) / 10, rng.choice(["", "", f"refused {n}"])) for n in numbers}
        night = inside("night", feed, bank, rng.randrange(1, 6))
        assert night["paid"] == receipts(*(n for n in numbers if not bank[n][1]))
        assert night["failed"] == {n: f"ConnectionError: {bank[n][1]}" for n in numbers if bank[n][1]}
