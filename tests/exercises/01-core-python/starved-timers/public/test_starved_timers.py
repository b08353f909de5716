import random

import pytest

from course.checks import inside


def test_calls_and_timers_in_order(rng: random.Random):
    """What is to be called soon comes first, then each timer at its moment."""
    early, late = sorted(rng.sample(range(10, 500), 2))
    log, _, errors = inside("play", [f"call_later({late}, A2)", f"call_later({early}, A1)", "call_soon(scan)"])
    assert log == [(0, "scan"), (early, "A1"), (late, "A2")], "each is called once, at its moment"
    assert errors == [], "none of them raises"


@pytest.mark.points(2)
def test_a_busy_gate_does_not_starve_a_timer(rng: random.Random):
    """While each scan makes the next one, a hold waits for two scans at most.

    One runs at the moment when the hold is due, and one may have been ready before it.
    """
    takes, scans = rng.randrange(5, 15), rng.randrange(20, 30)
    due = takes * 7 + 2
    at, calls, _ = inside("busy_gate", {"scans": scans, "ms each": takes, "hold due at": due})
    assert calls == scans + 1, "every scan is called, and the hold"
    assert due <= at, "before it is due, the seat is the customer's"
    assert at <= due + 2 * takes, f"due at {due} ms: the gate is busy all evening, and no seat comes back"


@pytest.mark.points(2)
def test_a_busy_gate_does_not_starve_the_network(rng: random.Random):
    """While each scan makes the next one, a guest waits for two scans at most.

    One runs at the moment when the guest comes, and one may have been ready before.
    """
    scans, comes = rng.randrange(20, 30), 10 * rng.randrange(3, 9) + 4
    at, calls, polls = inside("busy_gate", {"scans": scans, "ms each": 10, "guest comes at": comes})
    assert calls == scans + 1, "every scan is called, and the guest"
    assert comes <= at, "nobody is called before he has come"
    assert at <= comes + 20, f"the guest came at {comes} ms"
    assert set(polls) == {0}, "the timeouts polled; with something to call, the network is asked and not waited for"


def test_a_failing_call_is_kept(rng: random.Random):
    """A call that raises ends up in errors, in order, and the loop goes on."""
    moment = rng.randrange(5, 50)
    log, _, errors = inside(
        "play",
        ["call_soon(G1)", "call_soon(G2)", f"call_later({moment}, G3)", f"call_later({moment + 1}, G4)"],
        {"G1": "raise", "G3": "raise"},
    )
    assert log == [(0, "G1"), (0, "G2"), (moment, "G3"), (moment + 1, "G4")], "the others are called all the same"
    assert errors == ["G1", "G3"], "one gate has failed, not the evening"


def test_an_idle_loop_sleeps(rng: random.Random):
    """With nothing to call, the loop sleeps until the next timer, or until something arrives, in one poll."""
    due = rng.randrange(100, 1000)
    log, polls, _ = inside("play", [f"call_later({due}, A1)"], {}, {"guest": due + 70})
    assert log == [(due, "A1"), (due + 70, "guest")], "whoever is still to come is waited for"
    assert polls == [due, None], "the timeouts polled; None stands for: until something arrives"


def test_nobody_waits_for_a_cancelled_timer(rng: random.Random):
    """A cancelled timer is not called and not waited for: the loop sleeps until the next one, and ends after the last."""
    due = rng.randrange(100, 200)
    does = {"paid": "A1.cancel(), A3.cancel()"}
    start = ["call_later(10, paid)", "call_later(50, A1)", f"call_later({due}, A2)", "call_later(9000, A3)"]
    log, polls, _ = inside("play", start, does)
    assert log == [(10, "paid"), (due, "A2")], "the holds A1 and A3 were paid for at 10 ms"
    assert polls == [10, due - 10], (
        "the timeouts polled; the hold was paid for: its timer is nobody's business, and no reason to stay"
    )
    log, polls, _ = inside("play", ["call_later(10, paid)", f"call_later({due}, A1)", f"call_later({due}, A3)"], does)
    assert (log, polls) == ([(10, "paid")], [10]), "with no timer left to wait for, the evening is over"
