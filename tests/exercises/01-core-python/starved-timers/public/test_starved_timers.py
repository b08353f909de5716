import random

import pytest

from course.checks import inside


def play(start: list, does: dict | None = None, arrivals: list | None = None) -> tuple[list, list, list]:
    return inside("play", start, does or {}, arrivals or [])


def test_calls_and_timers_in_order(rng: random.Random):
    """What is to be called soon comes first, then each timer at its moment."""
    early, late = sorted(rng.sample(range(10, 500), 2))
    log, _, errors = play([("later", late, "A2"), ("later", early, "A1"), ("soon", "scan")])
    assert (log, errors) == ([(0, "scan"), (early, "A1"), (late, "A2")], [])


@pytest.mark.points(2)
def test_a_busy_gate_does_not_starve_a_timer(rng: random.Random):
    """While one call after the other makes the next one, a hold expires at most two calls late."""
    takes, calls = rng.randrange(5, 15), rng.randrange(20, 30)
    does = {f"scan{n}": [takes, ("soon", f"scan{n + 1}")] for n in range(calls)}
    due = takes * 7 + 2
    log, _, _ = play([("soon", "scan0"), ("later", due, "expire A1")], does)
    at = next(moment for moment, name in log if name == "expire A1")
    assert due <= at <= due + 2 * takes, f"due at {due} ms: the gate is busy all evening, and no seat comes back"
    assert len(log) == calls + 2, "nothing is lost, either"


@pytest.mark.points(2)
def test_a_busy_gate_does_not_starve_the_network(rng: random.Random):
    """What arrives is called at most two calls late, however much there is to call."""
    calls, arrives = rng.randrange(20, 30), 10 * rng.randrange(3, 9) + 4
    does = {f"scan{n}": [10, ("soon", f"scan{n + 1}")] for n in range(calls)}
    log, polls, _ = play([("soon", "scan0")], does, [(arrives, "guest")])
    at = next(moment for moment, name in log if name == "guest")
    assert arrives <= at <= arrives + 20, f"the guest came at {arrives} ms"
    assert set(polls) == {0}, "with something to call, the network is asked and not waited for"


def test_a_failing_call_is_kept(rng: random.Random):
    """A call that raises ends up in errors, in order, and the loop goes on."""
    moment = rng.randrange(5, 50)
    log, _, errors = play(
        [("soon", "G1"), ("soon", "G2"), ("later", moment, "G3"), ("later", moment + 1, "G4")],
        {"G1": [0, ("fail",)], "G3": [0, ("fail",)]},
    )
    assert log == [(0, "G1"), (0, "G2"), (moment, "G3"), (moment + 1, "G4")]
    assert errors == ["G1", "G3"], "one gate has failed, not the evening"


def test_an_idle_loop_sleeps(rng: random.Random):
    """With nothing to call, the loop sleeps until the next timer, or until something arrives, in one poll."""
    due = rng.randrange(100, 1000)
    log, polls, _ = play([("later", due, "A1")], {}, [(due + 70, "guest")])
    assert log == [(due, "A1"), (due + 70, "guest")]
    assert polls == [due, None], "None stands for: until something arrives"
