import random

import pytest

from course.checks import inside


def play(steps: list, limit: int, answers: list) -> tuple:
    return inside("play", steps, limit, answers)


def test_the_limit_itself_is_allowed(rng: random.Random):
    """A step as long as the limit is not reported, one of a millisecond more is."""
    limit = rng.randrange(10, 100)
    steps = [("work", limit), ("pause", "socket"), ("work", limit + 1), ("pause", "socket"), ("work", limit)]
    _, reports, _, _ = play(steps, limit, [(0, None), (0, None)])
    assert [report[1:] for report in reports] == [("gate", "gate", limit + 1)]


def test_cancellation_reaches_the_coroutine(rng: random.Random):
    """What is thrown in arrives at the innermost await, also if it is no Exception, and comes out again."""
    took = rng.randrange(101, 900)
    steps = [("finally", [("call", "receive", [("pause", "socket")])], [("work", took)])]
    _, reports, ended, _ = play(steps, 100, [(5, "throw", "Left")])
    assert ended == ("Left", "walked away"), "a cancelled task has to end as cancelled"
    assert [report[1:] for report in reports] == [("receive", "end", took)], "cleaning up is a step like any other"


def test_a_coroutine_may_go_on_after_an_error(rng: random.Random):
    """An error that is thrown in and caught does not end the watch: the next yield and the next send pass."""
    kind = rng.choice(["Left", "ConnectionError"])
    cleanup = [("work", 200), ("call", "release", [("pause", "database")])]
    steps = [("guard", [("pause", "socket")], cleanup), ("return", "given back")]
    yielded, reports, ended, noted = play(steps, 100, [(5, "throw", kind), (5, "done")])
    assert yielded == ["socket", "database"]
    assert noted == [("gate", kind), ("release", "done"), ("gate.cleanup", None)]
    assert ended == ("returned", "given back")
    assert [report[1:] for report in reports] == [("gate.guarded", "release", 200)]


def test_errors_pass_again_and_again(rng: random.Random):
    """An error is thrown in once: the next resume is a send."""
    steps = [("guard", [("pause", "a")], [("pause", "b")]), ("pause", "c"), ("return", "done")]
    yielded, _, ended, noted = play(steps, 100, [(1, "throw", "Left"), (1, "sent"), (1, "last")])
    assert (yielded, ended) == (["a", "b", "c"], ("returned", "done"))
    assert noted == [("gate", "Left"), ("gate.cleanup", "sent"), ("gate", "last")]


def test_a_report_comes_when_the_step_is_over(rng: random.Random):
    """A long step is reported before anything is passed on, not at the end of the evening."""
    count = rng.randrange(3, 6)
    steps = [step for n in range(count) for step in (("work", 200 + n), ("pause", f"socket {n}"))]
    _, reports, ended, _ = play(steps, 100, [(1, None)] * (count - 1))
    assert [report[::3] for report in reports] == [(n, 200 + n) for n in range(count)], "whoever blocks may never end"
    assert ended == "waits"


def test_a_watched_coroutine_can_be_closed():
    """Closing the watch closes the coroutine, whose clean-up runs, and whose long clean-up is reported."""
    steps = [("finally", [("call", "receive", [("pause", "socket")])], [("work", 200)])]
    _, reports, ended, _ = play(steps, 100, [(5, "close")])
    assert (ended, [report[1:] for report in reports]) == ("closed", [("receive", "end", 200)])


def tree(rng: random.Random, depth: int) -> list:
    """Return random steps with coroutines in coroutines."""
    steps = []
    for _ in range(rng.randrange(2, 5)):
        kind = rng.choice(["work", "pause", "call"])
        if kind == "work":
            steps.append(("work", rng.choice([10, 60, 70])))
        elif kind == "pause":
            steps.append(("pause", f"p{rng.randrange(100)}"))
        elif depth:
            steps.append(("call", f"c{rng.randrange(100)}", tree(rng, depth - 1)))
    return steps


def flat(name: str, steps: list) -> list:
    """Return what a coroutine does in one line: ("work", ms) and ("pause", name)."""
    done = []
    for step in steps:
        if step[0] == "call":
            done += flat(step[1], step[2])
        else:
            done.append(step if step[0] == "work" else ("pause", name))
    return done


@pytest.mark.points(2)
def test_any_coroutines_in_coroutines(rng: random.Random):
    """However deep coroutines await each other, the innermost are named."""
    for _ in range(20):
        steps = [*tree(rng, 4), ("pause", "last")]
        expected, here, took = [], "start", 0
        line = [*flat("gate", steps), ("pause", "end")]
        for kind, what in line:
            if kind == "work":
                took += what
                continue
            if took > 100:
                expected.append((here, what, took))
            here, took = what, 0
        pauses = sum(kind == "pause" for kind, _ in line) - 1
        _, reports, ended, _ = play(steps, 100, [(7, None)] * pauses)
        assert ended == ("returned", None)
        assert [report[1:] for report in reports] == expected
