import heapq
import random

import answer  # noqa: F401 (the checks run it through inside.py)
import pytest

from course.checks import inside


def partners(rng: random.Random, number: int) -> list[tuple]:
    """Partners that all answer, after different times: name, seconds, lines sold, seconds of clean-up."""
    times = rng.sample(range(10, 300), number)
    return [(f"P{n:02}", times[n] / 10, rng.randrange(1000), 0) for n in range(number)]


def peak(log: list[tuple]) -> int:
    """Return the most fetches that ran at one time."""
    most = running = 0
    for _, what, _ in log:
        running += {"begin": 1, "end": -1, "cleaned up": -1}.get(what, 0)
        most = max(most, running)
    return most


def makespan(script: list[tuple], limit: int) -> float:
    """Return the seconds that all take if each begins as soon as one before it has ended."""
    free = [0.0] * limit
    for _, seconds, *_ in script:
        heapq.heappush(free, heapq.heappop(free) + seconds)
    return max(free)


def test_results_in_the_order_of_the_partners(rng: random.Random):
    """Each partner's result stands in its place, whoever answers first."""
    script = partners(rng, 8)
    given = inside("night", script, 3)["given"]
    assert given == [end for _, _, end, _ in script], "partner 3's sales are not partner 5's"


def test_a_failure_is_a_value(rng: random.Random):
    """A partner that fails leaves its exception in its place, and costs nobody else."""
    script = partners(rng, 9)
    for place, kind in zip(rng.sample(range(9), 3), ["ConnectionError", "ValueError", "TimeoutError"], strict=True):
        script[place] = (*script[place][:2], kind, 0)
    given = inside("night", script, 3)["given"]
    expected = [f"{end}: {name}" if isinstance(end, str) else end for name, _, end, _ in script]
    assert given == expected, "one failure is one line of tomorrow's list, not the end of the night"


@pytest.mark.points(2)
def test_never_more_than_the_limit(rng: random.Random):
    """At most `limit` fetches run at one time, and as many as that do."""
    for limit in rng.sample(range(1, 7), 3):
        found = peak(inside("night", partners(rng, 14), limit)["log"])
        assert found == limit, "the partners' network counts our connections"


def test_the_next_begins_when_one_ends(rng: random.Random):
    """As soon as one fetch ends the next begins: nobody waits for the slowest of a batch."""
    script = partners(rng, 12)
    assert inside("night", script, 4)["at"] == pytest.approx(makespan(script, 4)), (
        "the seconds of the whole night: a slow partner holds up one line, not all"
    )


def test_partners_are_read_when_they_can_be_fetched(rng: random.Random):
    """A partner is read from the list when its fetch can begin."""
    log = inside("night", partners(rng, 12), 3)["log"]
    reads = [(time, place) for time, what, place in log if what == "read"]
    begins = [(time, place) for time, what, place in log if what == "begin"]
    assert reads == begins, "the list has ten thousand partners, and each task that waits takes memory"


def test_a_fatal_answer_stops_everything(rng: random.Random):
    """After Fatal no fetch begins, those that run are cancelled, and Fatal itself reaches the caller."""
    script = partners(rng, 9)
    script[0], script[1], script[2] = ("P00", 2.0, "Fatal", 0), ("P01", 50.0, 1, 0), ("P02", 50.0, 2, 0)
    night = inside("night", script, 3)
    assert night["raised"] == "Fatal", "the caller catches Fatal, and no group of errors"
    assert [what for time, what, _ in night["log"] if time >= 2 and what == "begin"] == [], "we were told to go away"
    assert sorted(place for _, what, place in night["log"] if what == "cancelled") == [1, 2], (
        "what still runs after a failure goes on without anybody who waits for it"
    )
