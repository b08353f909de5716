import math
import random

import answer
import pytest
from given import SOON, Call, outcome


def comes(name: str, limit: int) -> str:
    calls = answer.breaking(name, limit)
    assert type(calls) is list and all(type(call) is Call for call in calls), "an evening is a list of Call"
    assert len(calls) <= 12, "at most twelve people come"
    times = [t for call in calls for t in (call.at, call.lasts, SOON if call.gives_up is None else call.gives_up)]
    assert all(type(t) in (int, float) and math.isfinite(t) and 0 <= t <= 60 for t in times), "times are 0 to 60 seconds"
    assert all(c.takes is None or (type(c.takes) is int and 0 <= c.takes < len(calls)) for c in calls), (
        "`takes` is a place in the list"
    )
    return outcome(name, limit, calls)


@pytest.mark.points(2)
@pytest.mark.parametrize("limit", [2, 3, 4])
def test_polite_with_more_places(limit: int):
    """Each of the places is handed over to somebody who no longer wants it."""
    assert comes("polite", limit) == "stuck", f"with {limit} places, one that is lost leaves others"


@pytest.mark.points(2)
@pytest.mark.parametrize("limit", [2, 3, 4])
def test_thrifty_with_more_places(limit: int):
    """Two leave in one moment, and only one is called."""
    assert comes("thrifty", limit) == "stuck", "the second to leave sees a door that is no longer full"


def test_thrifty_with_one_place():
    """With one place, whoever leaves had filled it."""
    assert answer.breaking("thrifty", 1) is None, "nobody can leave in the same moment"


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
def test_every_limit(limit: int):
    """The other doors break, or hold, whatever their limit."""
    assert [comes(name, limit) for name in ("look", "bell", "hasty")] == ["crowded"] * 3
    assert comes("careless", limit) == "stuck"
    assert [answer.breaking(name, limit) for name in ("recheck", "semaphore")] == [None, None]
