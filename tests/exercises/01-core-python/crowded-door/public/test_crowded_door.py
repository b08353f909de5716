import math
import random

import answer
import pytest
from given import DOORS, SOON, Call, outcome


def comes(name: str, limit: int) -> str:
    """Return what comes of the answer's evening at a door that does not hold."""
    calls = answer.breaking(name, limit)
    assert type(calls) is list and all(type(call) is Call for call in calls), "an evening is a list of Call"
    assert len(calls) <= 12, "at most twelve people come"
    times = [t for call in calls for t in (call.at, call.lasts, SOON if call.gives_up is None else call.gives_up)]
    assert all(type(t) in (int, float) and math.isfinite(t) and 0 <= t <= 60 for t in times), "times are 0 to 60 seconds"
    assert all(c.takes is None or (type(c.takes) is int and 0 <= c.takes < len(calls)) for c in calls), (
        "`takes` is a place in the list"
    )
    return outcome(name, limit, calls)


def test_look(rng: random.Random):
    """Two people look, see a free place, and both take it."""
    limit = rng.randrange(1, 5)
    assert comes("look", limit) == "crowded", f"{limit} may be inside; between look and take, others look too"


def test_bell(rng: random.Random):
    """One leaves, and all who wait are called."""
    limit = rng.randrange(1, 5)
    assert comes("bell", limit) == "crowded", f"{limit} may be inside; who is called goes in without looking again"


@pytest.mark.points(2)
def test_hasty(rng: random.Random):
    """Somebody who never was inside leaves."""
    limit = rng.randrange(1, 5)
    assert comes("hasty", limit) == "crowded", f"{limit} may be inside; count who leaves without having come in"


@pytest.mark.points(2)
def test_careless(rng: random.Random):
    """Places of those who leave by an exception stay taken."""
    limit = rng.randrange(1, 5)
    assert comes("careless", limit) == "stuck", f"all {limit} places have to be lost, and somebody has to want one"


@pytest.mark.points(2)
def test_polite_with_one_place():
    """A place is handed over to somebody who no longer wants it."""
    assert comes("polite", 1) == "stuck", "between being called and waking up lies one turn of the loop"


def test_doors_that_hold(rng: random.Random):
    """No evening crowds a door that looks again, or the semaphore of asyncio."""
    for name in rng.sample(["recheck", "semaphore"], 2):
        assert name in DOORS
        assert answer.breaking(name, rng.randrange(1, 5)) is None, f"there is no such evening for {name}"
