import random

import answer  # noqa: F401 (the checks run it through inside.py)
import pytest

from course.checks import inside


def orders(rng: random.Random, number: int) -> tuple[list, dict]:
    """Return a feed of orders from 1 on, one a second, and a bank that pays them all."""
    times = rng.sample(range(5, 95), number)
    return [(1.0, n) for n in range(1, number + 1)], {n: (times[n - 1] / 10, "") for n in range(1, number + 1)}


def receipts(*numbers: int) -> dict[int, str]:
    return {n: f"receipt {n}" for n in numbers}


def test_every_order_is_paid_once(rng: random.Random):
    """Where nothing fails, each order has its receipt, and was paid once."""
    feed, bank = orders(rng, 9)
    night = inside("night", feed, bank)
    assert night["paid"] == receipts(*bank)
    assert sorted(n for _, what, n in night["log"] if what == "begin") == sorted(bank), "a card is charged once"


def test_as_many_at_once_as_there_are_workers(rng: random.Random):
    """So many payments as there are workers are under way at one time, three unless told otherwise, and no more."""
    for workers in (None, rng.randrange(4, 7)):
        feed = [(0.0, n) for n in range(1, 16)]
        running, most = 0, 0
        for _, what, _ in inside("night", feed, {n: (rng.randrange(5, 9), "") for _, n in feed}, workers)["log"]:
            running += {"begin": 1, "end": -1}.get(what, 0)
            most = max(most, running)
        assert most == (workers or 3), "the bank allows us so many connections, and the night needs them"


@pytest.mark.points(2)
def test_a_failed_payment_is_noted(rng: random.Random):
    """A payment that fails leaves its exception under `failed`, and the others are paid."""
    feed, bank = orders(rng, 7)
    bad = rng.randrange(1, 8)
    bank[bad] = (bank[bad][0], "card refused")
    night = inside("night", feed, bank)
    assert night["raised"] == "", "one refused card, and the night never ended"
    assert night["failed"] == {bad: "ConnectionError: card refused"}, "tomorrow somebody has to call this customer"
    assert night["paid"] == receipts(*(n for n in bank if n != bad))


@pytest.mark.points(2)
def test_more_failures_than_workers(rng: random.Random):
    """However many payments fail, there are workers for the rest."""
    feed, bank = orders(rng, 9)
    for n in range(1, 7):
        bank[n] = (bank[n][0], f"refused {n}")
    night = inside("night", feed, bank, 2)
    assert night["failed"] == {n: f"ConnectionError: refused {n}" for n in range(1, 7)}, "a worker outlives its orders"
    assert night["paid"] == receipts(7, 8, 9)


def test_order_number_0(rng: random.Random):
    """The old tills count from 0: that is an order like any other."""
    feed, bank = orders(rng, 4)
    feed.insert(rng.randrange(5), (1.0, 0))
    bank[0] = (2.0, "")
    assert inside("night", feed, bank)["paid"] == receipts(0, 1, 2, 3, 4), "0 is no sign to stop"


def test_the_bank_is_asked_while_the_feed_goes_on(rng: random.Random):
    """The first order is paid before the last one has come, and nothing runs on after the end."""
    feed, bank = orders(rng, 20)
    night = inside("night", feed, bank)
    first, last = (next(t for t, what, n in night["log"] if (what, n) == this) for this in (("end", 1), ("read", 20)))
    assert first < last, "a feed takes all night"
    assert night["left"] == 0, "workers that nobody ended"
