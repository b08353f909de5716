import random

import answer
import pytest
from given import InvalidState

from course.checks import inside


def made():
    loop = answer.Loop()
    return loop, answer.Future(loop)


def resume(coroutine) -> object:
    """Send None to a coroutine that is to end now; return what it returned."""
    with pytest.raises(StopIteration) as end:
        coroutine.send(None)
    return end.value.value


@pytest.mark.parametrize("first", ["result", "failure"])
@pytest.mark.parametrize("second", ["result", "failure"])
def test_a_future_is_settled_once(first: str, second: str):
    """Settling a future again, in whatever way, is an error and changes nothing."""
    loop, future = made()
    called = []
    future.add_done_callback(lambda _: called.append("called"))
    future.set_result("green") if first == "result" else future.set_exception(ConnectionError("shut"))
    with pytest.raises(InvalidState):
        future.set_result("red") if second == "result" else future.set_exception(TimeoutError("late"))
    loop.turn()
    assert called == ["called"], "two lights for one guest"
    if first == "result":
        assert future.result() == "green"
    else:
        with pytest.raises(ConnectionError):
            future.result()


def test_any_value_is_a_result():
    """None, nothing, and an exception that is handed over as a value are results like any other."""
    for value in (None, 0, "", []):
        _, future = made()
        future.set_result(value)
        assert future.done() is True
        assert future.result() == value
        assert resume(inside("awaiting", future)) == value
    _, future = made()
    future.set_result(ConnectionError("from the log"))
    assert type(future.result()) is ConnectionError, "set_result hands over a value; only set_exception raises"


def test_who_awaits_a_done_future_keeps_the_turn(rng: random.Random):
    """Awaiting a future that is done yields nothing: the coroutine goes on at once, with the value or the failure."""
    _, future = made()
    future.set_result(seat := rng.randrange(100))
    assert resume(inside("awaiting", future)) == seat
    _, future = made()
    future.set_exception(ConnectionError("the office is closed"))
    with pytest.raises(ConnectionError, match="office is closed"):
        inside("awaiting", future).send(None)


def test_who_comes_late_is_called_all_the_same():
    """A callback added to a future that is done is called by the loop, in a turn of its own, once."""
    loop, future = made()
    future.set_result("green")
    loop.turn()
    called = []
    future.add_done_callback(lambda given: called.append(given == future))
    assert called == [], "whoever adds a callback has not finished yet"
    loop.turn()
    loop.turn()
    assert called == [True]


def test_who_is_woken_too_early_waits_on(rng: random.Random):
    """A coroutine that is resumed while the future is pending yields it again, as often as that happens."""
    _, future = made()
    waiting = inside("awaiting", future)
    for _ in range(rng.randrange(3, 7)):
        assert waiting.send(None) == future, "there is no answer to go on with"
    future.set_result("green")
    assert resume(waiting) == "green"


def test_a_failure_reaches_everybody_who_waits(rng: random.Random):
    """Each coroutine that awaits the future can catch its failure at its own await."""
    _, future = made()
    gates = [inside("guarded", future) for _ in range(rng.randrange(2, 5))]
    assert [gate.send(None) == future for gate in gates] == [True] * len(gates)
    future.set_exception(ConnectionError("shut"))
    assert [resume(gate) for gate in gates] == ["caught: shut"] * len(gates)


def test_two_futures_share_nothing(rng: random.Random):
    """What is settled in one future is not settled in another, and their callbacks are their own."""
    loop, future = made()
    other, called = answer.Future(loop), []
    future.add_done_callback(lambda _: called.append("future"))
    other.add_done_callback(lambda _: called.append("other"))
    future.set_result(rng.randrange(100))
    loop.turn()
    assert (other.done(), called) == (False, ["future"])
