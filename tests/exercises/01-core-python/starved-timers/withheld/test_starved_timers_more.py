import random

import pytest

from course.checks import inside


def test_a_timer_can_be_cancelled_when_it_is_due(rng: random.Random):
    """A timer that is due, and that a call before it in the same turn cancels, is not called."""
    due = rng.randrange(10, 90)
    start = [f"call_later({due}, {name})" for name in ("paid", "A1", "A2")]
    log, _, _ = inside("play", start, {"paid": "A1.cancel()"})
    assert log == [(due, "paid"), (due, "A2")], "paid in time, and taken away all the same"


def test_timers_of_one_moment_keep_their_order(rng: random.Random):
    """Timers that are due at one moment are called in the order in which they were made."""
    names = [f"A{n}" for n in range(rng.randrange(4, 9))]
    rng.shuffle(names)
    log, _, _ = inside("play", [f"call_later(60, {name})" for name in names])
    assert log == [(60, name) for name in names], "first held, first expired"


def test_an_overdue_timer_is_not_slept_for():
    """Timers that became due while a call took its time are all called in the next turn, after a poll of 0."""
    start = ["call_later(10, long)", *(f"call_later({due}, A{due})" for due in (100, 300, 200))]
    log, polls, _ = inside("play", start, {"long": "takes 500 ms, call_later(30, A4)"})
    assert log == [(10, "long"), (510, "A100"), (510, "A200"), (510, "A300"), (540, "A4")], (
        "all three are overdue at 510 ms, by their moments"
    )
    assert polls == [10, 0, 30], (
        "the timeouts polled: one turn takes all that is due, after a poll of 0; a negative timeout sleeps for ever"
    )


def test_a_turn_is_what_was_ready_when_it_began():
    """What a call adds is called in the next turn, after what arrived and became due meanwhile."""
    does = {"first": "takes 10 ms, call_soon(added)", "second": "takes 10 ms"}
    start = ["call_soon(first)", "call_soon(second)", "call_later(15, timer)"]
    log, polls, _ = inside("play", start, does, {"guest": 5})
    names = [name for _, name in log]
    assert names == ["first", "second", "added", "guest", "timer"], "the queue keeps its order"
    assert polls == [0, 0], "the timeouts polled: two turns, and one poll in each"


def test_a_timer_of_no_time_waits_for_its_turn():
    """A timer of 0 ms is called in the turn after the one that made it, without a sleep."""
    log, polls, _ = inside("play", ["call_soon(G1)"], {"G1": "call_later(0, now), call_soon(G2)"})
    assert log == [(0, "G1"), (0, "G2"), (0, "now")], "what is ready stands before what becomes due"
    assert polls == [0, 0], "the timeouts polled: two turns, and one poll in each"


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


def shown(acts: list) -> str:
    """Return acts as inside.py reads them."""
    words = {"soon": "call_soon({})", "later": "call_later({}, {})", "cancel": "{}.cancel()"}
    return ", ".join(words[verb].format(*rest) for verb, *rest in acts)


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
        calls, polled = evening(start, does, arrivals)
        takes = {
            name: ", ".join([f"takes {ms} ms"] * bool(ms) + [shown(acts)] * bool(acts))
            for name, (ms, *acts) in does.items()
        }
        log, polls, _ = inside(
            "play",
            [shown([each]) for each in start],
            {name: text for name, text in takes.items() if text},
            {name: moment for moment, name in arrivals},
        )
        same = next((n for n, (ours, theirs) in enumerate(zip(calls, log, strict=False)) if ours != theirs), len(log))
        assert log[same : same + 3] == calls[same : same + 3], f"the first {same} calls are right; these come next"
        assert polls == polled, "the timeouts polled, once each turn: 0, the time until the next timer, or None"
