import random

import pytest

from course.checks import inside


def play(start: list, does: dict | None = None, arrivals: list | None = None) -> tuple[list, list, list]:
    return inside("play", start, does or {}, arrivals or [])


def test_nobody_waits_for_a_cancelled_timer(rng: random.Random):
    """A cancelled timer is not called and not waited for: the loop sleeps until the next one, and ends after the last."""
    due = rng.randrange(100, 200)
    does = {"paid": [0, ("cancel", "A1"), ("cancel", "A3")]}
    start = [("later", 10, "paid"), ("later", 50, "A1"), ("later", due, "A2"), ("later", 9_000, "A3")]
    log, polls, _ = play(start, does)
    assert log == [(10, "paid"), (due, "A2")]
    assert polls == [10, due - 10], "the hold was paid for: its timer is nobody's business, and no reason to stay"
    log, polls, _ = play([("later", 10, "paid"), ("later", due, "A1"), ("later", due, "A3")], does)
    assert (log, polls) == ([(10, "paid")], [10]), "with no timer left to wait for, the evening is over"


def test_a_timer_can_be_cancelled_when_it_is_due(rng: random.Random):
    """A timer that is due, and that a call before it in the same turn cancels, is not called."""
    due = rng.randrange(10, 90)
    start = [("later", due, "paid"), ("later", due, "expire A1"), ("later", due, "A2")]
    log, _, _ = play(start, {"paid": [0, ("cancel", "expire A1")]})
    assert log == [(due, "paid"), (due, "A2")], "paid in time, and taken away all the same"


def test_timers_of_one_moment_keep_their_order(rng: random.Random):
    """Timers that are due at one moment are called in the order in which they were made."""
    names = [f"A{n}" for n in range(rng.randrange(4, 9))]
    rng.shuffle(names)
    log, _, _ = play([("later", 60, name) for name in names])
    assert log == [(60, name) for name in names], "first held, first expired"


def test_an_overdue_timer_is_not_slept_for():
    """Timers that became due while a call took its time are all called in the next turn, after a poll of 0."""
    does = {"long": [500, ("later", 30, "A4")]}
    log, polls, _ = play([("later", 10, "long"), *(("later", due, f"A{due}") for due in (100, 300, 200))], does)
    assert log == [(10, "long"), (510, "A100"), (510, "A200"), (510, "A300"), (540, "A4")]
    assert polls == [10, 0, 30], "a negative timeout sleeps for ever"


def test_a_turn_is_what_was_ready_when_it_began():
    """What a call adds is called in the next turn, after what arrived and became due meanwhile."""
    does = {"first": [10, ("soon", "added")], "second": [10]}
    log, polls, _ = play([("soon", "first"), ("soon", "second"), ("later", 15, "timer")], does, [(5, "guest")])
    names = [name for _, name in log]
    assert names == ["first", "second", "added", "guest", "timer"], "the queue keeps its order"
    assert polls == [0, 0]


def test_a_timer_of_no_time_waits_for_its_turn():
    """A timer of 0 ms is called in the turn after the one that made it, without a sleep."""
    log, polls, _ = play([("soon", "G1")], {"G1": [0, ("later", 0, "now"), ("soon", "G2")]})
    assert log == [(0, "G1"), (0, "G2"), (0, "now")]
    assert polls == [0, 0]


def evening(start: list, does: dict, arrivals: list) -> tuple[list, list]:
    """Work out, with lists only, what a loop has to do."""
    now, log, polls, ready, timers, arrivals = 0, [], [], [], [], sorted(arrivals, key=lambda a: a[0])

    def act(verb: str, *rest) -> None:
        if verb == "soon":
            ready.append((rest[0], None))
        elif verb == "later":
            timers.append([now + rest[0], rest[1], True])
        elif verb == "cancel":
            next(t for t in reversed([*timers, *called]) if t[1] == rest[0])[2] = False

    called: list = []
    for each in start:
        act(*each)
    while ready or arrivals or [t for t in timers if t[2]]:
        coming = [t[0] for t in timers if t[2]]
        timeout = 0 if ready else max(0, min(coming) - now) if coming else None
        polls.append(timeout)
        until = min([now + timeout] if timeout is not None else [], default=float("inf"))
        now = max(now, min(until, arrivals[0][0]) if arrivals else until)
        ready += [(name, None) for moment, name in arrivals if moment <= now]
        arrivals = [a for a in arrivals if a[0] > now]
        due = sorted((t for t in timers if t[0] <= now), key=lambda t: t[0])
        timers[:] = [t for t in timers if t[0] > now]
        called += due
        batch, ready[:] = [*ready, *((t[1], t) for t in due)], []
        for name, timer in batch:
            if timer and not timer[2]:
                continue
            log.append((now, name))
            takes, *acts = does.get(name, [0])
            now += takes
            for each in acts:
                act(*each)
    return log, polls


@pytest.mark.points(2)
def test_any_evening(rng: random.Random):
    """Calls that make calls and timers, cancel some and take their time: all as the contract says."""
    for _ in range(12):
        names = [f"n{n}" for n in range(14)]
        does, timed = {}, []
        for at, name in enumerate(names):
            acts = []
            for other in rng.sample(names[at + 1 :], min(len(names) - at - 1, rng.randrange(3))):
                if rng.random() < 0.5:
                    acts.append(("soon", other))
                else:
                    acts.append(("later", rng.randrange(0, 40), other))
            does[name] = [rng.choice([0, 0, 5, 20]), *acts]
        start = [("soon", names[0]), ("soon", names[1])]
        for n in range(5):
            timed.append(f"t{n}")
            start.append(("later", rng.randrange(1, 60), f"t{n}"))
        for name in rng.sample(names[:6], 3):
            does[name].append(("cancel", rng.choice(timed)))
        arrivals = [(rng.randrange(1, 80), f"guest{n}") for n in range(4)]
        expected = evening(start, does, arrivals)
        log, polls, _ = play(start, does, arrivals)
        assert (log, polls) == expected
