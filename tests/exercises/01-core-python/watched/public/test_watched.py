import random

import pytest

from course.checks import inside


def play(steps: list, limit: int, answers: list) -> tuple:
    return inside("play", steps, limit, answers)


def test_nobody_notices_the_watch(rng: random.Random):
    """What is yielded, sent and returned passes the watch unchanged."""
    a, b, seat = (rng.randrange(1000) for _ in range(3))
    inner = [("pause", f"ask {a}"), ("pause", f"ask {b}"), ("return", seat)]
    yielded, reports, ended, noted = play([("call", "check", inner), ("return", "green")], 50, [(1, a), (1, b)])
    assert yielded == [f"ask {a}", f"ask {b}"], "the task above has to get the very future it is to wait for"
    assert noted == [("check", a), ("check", b), ("gate", seat)], "what is sent belongs to whoever awaits"
    assert (ended, reports) == (("returned", "green"), [])


@pytest.mark.points(2)
def test_a_long_step_is_named(rng: random.Random):
    """A step over the limit is reported with the coroutine it began in, the one it ended in, and its length."""
    took = rng.randrange(101, 900)
    steps = [
        ("call", "receive", [("pause", "socket")]),
        ("call", "confirm", [("work", took)]),
        ("call", "reply", [("pause", "socket")]),
    ]
    _, reports, _, _ = play(steps, 100, [(5, "T-1"), (5, None)])
    assert [report[1:] for report in reports] == [("receive", "reply", took)], "between these two lies what blocks"


def test_the_first_step_and_the_last(rng: random.Random):
    """The first step begins at "start"; one that reaches the end of the coroutine ends at "end"."""
    first, last = rng.randrange(101, 900), rng.randrange(101, 900)
    steps = [("work", first), ("call", "receive", [("pause", "socket"), ("work", last)])]
    _, reports, _, _ = play(steps, 100, [(5, "T-1")])
    assert [report[1:] for report in reports] == [("start", "receive", first), ("receive", "end", last)]


def test_waiting_is_not_holding(rng: random.Random):
    """Time that passes while the coroutine waits is nobody's fault."""
    steps = [("work", 30), ("call", "receive", [("pause", "socket"), ("work", 60), ("pause", "socket")])]
    yielded, reports, _, _ = play(steps, 50, [(rng.randrange(500, 900), "T-1"), (800, "T-2")])
    assert [report[1:] for report in reports] == [("receive", "receive", 60)], "others had the loop meanwhile"
    assert len(yielded) == 2


def test_an_error_reaches_the_caller(rng: random.Random):
    """An error of the coroutine comes out, and a long step that ends in it is reported, too."""
    took = rng.randrange(101, 900)
    steps = [("call", "receive", [("pause", "socket")]), ("call", "confirm", [("work", took), ("fail", "no route")])]
    _, reports, ended, _ = play(steps, 100, [(5, "T-1")])
    assert ended == ("ConnectionError", "no route")
    assert [report[1:] for report in reports] == [("receive", "end", took)], "it blocked all the same"
