import random

import answer  # noqa: F401 (the checks run it through inside.py)
import pytest

from course.checks import inside


def orders(rng: random.Random, number: int) -> dict:
    """Return a night with orders from 1 on, one a second, each paid in some seconds."""
    takes = [tenths / 10 for tenths in rng.sample(range(5, 95), number)]
    return {"orders": [*range(1, number + 1)], "comes after": 1.0, "takes to pay": takes}


def settled(night: dict, why: str = "all has come and is paid or refused, and the night goes on") -> dict:
    """Return what became of a night, which has to end."""
    result = inside("night", night)
    assert result["ends"] == "returns", why
    return result


def receipts(*numbers: int) -> dict[int, str]:
    return {n: f"receipt {n}" for n in numbers}


def test_every_order_is_paid_once(rng: random.Random):
    """Where nothing fails, each order has its receipt, and was paid once."""
    night = orders(rng, 9)
    result = settled(night)
    assert result["paid"] == receipts(*night["orders"]), "the bank has paid them all"
    begun = sorted(n for _, what, n in result["log"] if what == "begin")
    assert begun == night["orders"], "the calls of `pay`: a card is charged once"


def test_as_many_at_once_as_there_are_workers(rng: random.Random):
    """So many payments as there are workers are under way at one time, three unless told otherwise, and no more."""
    for told in ({}, {"workers": rng.randrange(4, 7)}):
        takes = [rng.randrange(5, 9) for _ in range(15)]
        running, most = 0, 0
        for _, what, _ in settled({"orders": [*range(1, 16)], "comes after": 0, "takes to pay": takes} | told)["log"]:
            running += {"begin": 1, "end": -1}.get(what, 0)
            most = max(most, running)
        assert most == told.get("workers", 3), "the bank allows us so many connections, and the night needs them"


@pytest.mark.points(2)
def test_a_failed_payment_is_noted(rng: random.Random):
    """A payment that fails leaves its exception under `failed`, and the others are paid."""
    bad = rng.randrange(1, 8)
    night = orders(rng, 7) | {"refused": {bad: "card refused"}}
    result = settled(night, "one refused card, and the night never ended")
    assert result["failed"] == {bad: "ConnectionError: card refused"}, "tomorrow somebody has to call this customer"
    assert result["paid"] == receipts(*(n for n in night["orders"] if n != bad)), "nobody else's card was refused"


@pytest.mark.points(2)
def test_more_failures_than_workers(rng: random.Random):
    """However many payments fail, there are workers for the rest."""
    refused = {n: f"refused {n}" for n in range(1, 7)}
    result = settled(orders(rng, 9) | {"refused": refused, "workers": 2}, "a worker outlives its orders")
    assert result["failed"] == {n: f"ConnectionError: {text}" for n, text in refused.items()}, "each refusal is noted"
    assert result["paid"] == receipts(7, 8, 9), "a worker outlives its orders"


def test_order_number_0(rng: random.Random):
    """The old tills count from 0: that is an order like any other."""
    night = orders(rng, 5)
    night["orders"] = rng.sample([0, 1, 2, 3, 4], 5)
    result = settled(night, "0 is no sign to stop")
    assert result["paid"] == receipts(0, 1, 2, 3, 4), "0 is no sign to stop"


def test_the_bank_is_asked_while_the_feed_goes_on(rng: random.Random):
    """The first order is paid before the last one has come, and nothing runs on after the end."""
    result = settled(orders(rng, 20))
    first, last = (next(t for t, what, n in result["log"] if (what, n) == this) for this in (("end", 1), ("read", 20)))
    assert first < last, "order 1 is paid at this second; a feed takes all night"
    assert result["left"] == 0, "tasks that are left: workers that nobody ended"


def test_the_error_of_the_feed_reaches_the_caller(rng: random.Random):
    """When the feed fails, its exception is raised."""
    night = orders(rng, 5) | {"then the feed raises": "line cut"}
    result = inside("night", night)
    assert result["ends"] == "raises OSError: line cut", "whoever called has to know that orders may be missing"


def test_a_night_that_is_cancelled_ends():
    """Cancelled while no order comes and none is paid, it ends with CancelledError at once, and so do its workers."""
    result = inside("night", {"orders": [1, 2], "comes after": [1, 500], "takes to pay": 2, "cancelled at": 50})
    assert (result["ends"], result["at"]) == ("raises CancelledError", 50.0), "it was cancelled at second 50"
    assert result["left"] == 0, "tasks that are left: workers that nobody ended"
