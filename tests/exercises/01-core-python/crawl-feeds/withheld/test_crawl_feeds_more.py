import random

import answer  # noqa: F401 (the checks run it through inside.py)
import pytest

from course.checks import inside


def some(rng: random.Random, number: int, clean_up: float = 0) -> list[tuple]:
    times = rng.sample(range(10, 300), number)
    return [(f"P{n:02}", times[n] / 10, rng.randrange(1000), clean_up) for n in range(number)]


@pytest.mark.points(2)
def test_fatal_waits_for_the_cleaning_up(rng: random.Random):
    """When Fatal reaches the caller, every cancelled fetch has cleaned up, and no task is left."""
    clean_up = rng.randrange(2, 9)
    script = [("P00", 1.0, "Fatal", 0), *((f"P{n:02}", 60.0, n, clean_up) for n in range(1, 4))]
    night = inside("night", script, 4)
    found = night["raised"], night["at"], night["left"]
    assert found == ("Fatal", 1.0 + clean_up, 0), "a connection is half closed until then"


@pytest.mark.points(2)
def test_a_cancelled_crawl_leaves_nothing_running(rng: random.Random):
    """When the crawl itself is cancelled, its fetches are cancelled and cleaned up before it ends."""
    clean_up = rng.randrange(2, 9)
    night = inside("night", [(f"P{n:02}", 60.0, n, clean_up) for n in range(9)], 3, cancel_at=5.0)
    assert night["raised"] == "CancelledError", "who cancels has to see that it worked"
    assert sorted(place for _, what, place in night["log"] if what == "cleaned up") == [0, 1, 2]
    assert [place for _, what, place in night["log"] if what == "begin"] == [0, 1, 2], "a cancelled crawl begins nothing"
    assert (night["at"], night["left"]) == (5.0 + clean_up, 0)


def test_more_failures_than_places(rng: random.Random):
    """However many partners fail, the others are fetched."""
    script = some(rng, 12)
    for place in range(8):
        script[place] = (*script[place][:2], "ConnectionError", 0)
    night = inside("night", script, 2)
    assert night["given"] == [f"ConnectionError: P{n:02}" for n in range(8)] + [end for _, _, end, _ in script[8:]], (
        "a place whose partner failed is free for the next"
    )


def test_a_partner_listed_twice(rng: random.Random):
    """A partner that is listed twice has two results."""
    script = some(rng, 4)
    script[3] = ("P01", *script[3][1:])
    given = inside("night", script, 2)["given"]
    assert given == [end for _, _, end, _ in script], "a result belongs to a place in the list, not to a name"


def test_fewer_partners_than_places(rng: random.Random):
    """With fewer partners than the limit, or none, the results are those of the partners."""
    for number in (0, 1, 3):
        script = some(rng, number)
        assert inside("night", script, 5)["given"] == [end for _, _, end, _ in script]


def test_any_night(rng: random.Random):
    """Nights of all sizes, with failures anywhere: each result in its place, never over the limit."""
    for _ in range(6):
        script, limit = some(rng, rng.randrange(1, 20)), rng.randrange(1, 6)
        for place in range(0, len(script), rng.randrange(2, 5)):
            script[place] = (*script[place][:2], rng.choice(["ConnectionError", "ValueError", "TimeoutError"]), 0)
        night = inside("night", script, limit)
        assert night["given"] == [f"{e}: {name}" if isinstance(e, str) else e for name, _, e, _ in script]
        running = 0
        for _, what, _ in night["log"]:
            running += {"begin": 1, "end": -1}.get(what, 0)
            assert running <= limit
