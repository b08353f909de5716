import random

import pytest

from course.checks import inside


def play(children: list, cancel_at: int | None = None) -> tuple:
    return inside("play", children, cancel_at)


def test_the_first_failure_is_told(rng: random.Random):
    """Of several failures the first in time is raised, whatever the order of the call and of the clean-ups."""
    first, second = sorted(rng.sample(range(20, 90), 2))
    value, _, _, _, left = play(
        [
            ("P1", 500, "green", 5, TimeoutError("P1 does not let go")),
            ("P2", second, ConnectionError("second")),
            ("P3", first, ConnectionError("first")),
        ]
    )
    assert value == "ConnectionError: first", "what came later is a consequence"
    assert left == []
    value, when, _, _, _ = play([("P1", 500, "green", 15, "returns"), ("P2", first, ConnectionError("down"))])
    assert (value, when) == ("ConnectionError: down", first + 15), "a clean-up that returns is no success"


def test_who_fails_at_once(rng: random.Random):
    """A coroutine that fails before it ever waits is a failure like any other, and no one is lost."""
    at = rng.randrange(3)
    children = [("P1", 50, "green"), ("P2", 60, "green"), ("P3", 70, "green")]
    children[at] = (children[at][0], 0, ConnectionError("no route"))
    value, when, _, log, left = play(children)
    assert (value, when, left) == ("ConnectionError: no route", 0, [])
    assert sum(what == "cancelled" for _, _, what in log) == 2


def test_nobody_asks_again_and_again(rng: random.Random):
    """The caller is woken when there is something to do, not by the clock: at most once a coroutine."""
    count = rng.randrange(3, 7)
    _, _, steps, _, _ = play([(f"P{n}", 1_000 * (n + 1), "green") for n in range(count)])
    assert steps <= count + 1, "a core that asks “now?” all evening"


def test_cancelled_is_cancelled_whatever_the_clean_up_does(rng: random.Random):
    """After a cancellation of the call, Cancelled comes out, even if a clean-up fails or returns something."""
    moment, error = rng.randrange(30, 90), TimeoutError("does not let go")
    children = [("P1", 500, "green", 5, error), ("P2", 500, "green", 20, "returns"), ("P3", 500, "green", 10)]
    value, when, _, _, left = play(children, moment)
    assert (value, when, left) == ("Cancelled", moment + 20, []), "whoever cancels wants to read it"


def test_one_that_is_cancelled_by_others_has_failed(rng: random.Random):
    """A coroutine that ends with Cancelled, though the call did not cancel it, stops the others like a failure."""
    moment = rng.randrange(30, 90)
    value, when, _, log, left = play([("P1", 500, "green"), ("P2", moment, "cancelled")])
    assert (value, when, left) == ("Cancelled", moment, [])
    assert (moment, "P1", "cancelled") in log, "a list with a hole in it is no result"


def test_one_clean_up_is_not_disturbed():
    """Nobody is cancelled twice: a second failure during the clean-ups leaves the others alone."""
    value, when, _, log, left = play(
        [
            ("P1", 500, "green", 100),
            ("P2", 20, ConnectionError("first")),
            ("P3", 500, "green", 30, TimeoutError("second")),
            ("P4", 20, TimeoutError("third")),
        ]
    )
    assert (value, when, left) == ("ConnectionError: first", 120, [])
    assert (120, "P1", "cancelled") in log, "its clean-up takes 100 ms, and must not be cut short"


@pytest.mark.points(2)
def test_any_evening(rng: random.Random):
    """However many fail, clean up and return: the first failure is raised when the last has ended, or all results come."""
    for _ in range(25):
        times = rng.sample(range(1, 400), rng.randrange(1, 7))
        failing = {n for n in range(len(times)) if rng.random() < 0.3}
        cleanups = rng.sample(range(1, 100), len(times))
        endings = [None, "returns", TimeoutError("does not let go")]
        children = [
            (f"P{n}", takes, ConnectionError(f"{n}") if n in failing else n, cleanup, rng.choice(endings))
            for n, (takes, cleanup) in enumerate(zip(times, cleanups, strict=True))
        ]
        value, when, _, _, left = play(children)
        assert left == []
        if not failing:
            assert (value, when) == (list(range(len(times))), max(times))
            continue
        first = min(failing, key=lambda n: times[n])
        late = [cleanups[n] for n in range(len(times)) if times[n] > times[first]]
        assert (value, when) == (f"ConnectionError: {first}", times[first] + max(late, default=0))
