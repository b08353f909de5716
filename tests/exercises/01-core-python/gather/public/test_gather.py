import random

import pytest

from course.checks import inside


def play(children: list, cancel_at: int | None = None) -> tuple:
    return inside("play", children, cancel_at)


def test_results_in_the_order_of_the_call(rng: random.Random):
    """All results come in the order in which the coroutines were given, whoever ends first."""
    times = rng.sample(range(10, 500), 5)
    value, when, _, _, _ = play([(f"P{n}", takes, f"green {n}") for n, takes in enumerate(times)])
    assert value == [f"green {n}" for n in range(5)]
    assert when == max(times), "five partners are asked side by side, not one after the other"


def test_all_start_before_any_is_waited_for(rng: random.Random):
    """Every coroutine starts at once, in order."""
    count = rng.randrange(3, 7)
    _, _, _, log, _ = play([(f"P{n}", 50, "green") for n in range(count)])
    assert log[:count] == [(0, f"P{n}", "starts") for n in range(count)]


@pytest.mark.points(2)
def test_a_failure_stops_the_others_at_once(rng: random.Random):
    """When one fails, those that are still at work are cancelled at that moment, and the failure is raised."""
    fails = rng.randrange(20, 90)
    value, when, _, log, left = play(
        [("P1", 500, "green"), ("P2", fails, ConnectionError("P2 is down")), ("P3", 10, "green"), ("P4", 400, "green")]
    )
    assert value == "ConnectionError: P2 is down"
    ends = sorted(each for each in log if each[2] in ("cancelled", "done"))
    assert ends == [(10, "P3", "done"), (fails, "P1", "cancelled"), (fails, "P4", "cancelled")], (
        "a seat that one partner refuses must not stay held at the others"
    )
    assert (when, left) == (fails, [])


def test_nobody_is_left_behind(rng: random.Random):
    """After a failure, the call ends when the last clean-up has ended."""
    cleanup = rng.randrange(30, 90)
    value, when, _, _, left = play(
        [("P1", 20, ConnectionError("down")), ("P2", 500, "green", cleanup), ("P3", 500, "green", 5)]
    )
    assert (value, left) == ("ConnectionError: down", []), "a task that is still at work works for nobody"
    assert when == 20 + cleanup


def test_cancelling_the_call_cancels_all(rng: random.Random):
    """When the caller is cancelled, all that are still at work are cancelled and waited for, and Cancelled comes out."""
    moment = rng.randrange(30, 200)
    value, when, _, log, left = play([("P1", 10, "green"), ("P2", 500, "green"), ("P3", 600, "green", 40)], moment)
    assert (value, left) == ("Cancelled", [])
    ends = sorted(each for each in log if each[2] in ("cancelled", "done"))
    assert ends == [(10, "P1", "done"), (moment, "P2", "cancelled"), (moment + 40, "P3", "cancelled")]
    assert when == moment + 40, "the guest has gone, and the partners have to hear of it first"


def test_nothing_to_gather():
    """Without coroutines the result is an empty list, at once."""
    value, when, steps, _, _ = play([])
    assert (value, when, steps) == ([], 0, 1), "there is nothing to wait for"
