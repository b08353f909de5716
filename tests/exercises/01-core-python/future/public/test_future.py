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


def test_a_new_future_has_no_result():
    """A future that nobody has settled is not done, and asking for its result is an error."""
    _, future = made()
    assert future.done() is False
    with pytest.raises(InvalidState):
        future.result()


def test_a_result_can_be_read_again(rng: random.Random):
    """Once settled, a future is done and gives its value as often as it is asked."""
    _, future = made()
    seat = f"A{rng.randrange(1, 99)}"
    future.set_result(seat)
    assert future.done() is True
    assert [future.result(), future.result()] == [seat, seat]


def test_a_failure_is_raised(rng: random.Random):
    """Where the answer is an exception, asking for the result raises it, each time."""
    _, future = made()
    gate = f"gate {rng.randrange(1, 99)} is shut"
    future.set_exception(ConnectionError(gate))
    assert future.done() is True, "a failure is an answer, too"
    for _ in range(2):
        with pytest.raises(ConnectionError, match=gate):
            future.result()


@pytest.mark.points(2)
def test_who_awaits_hands_the_future_to_the_driver(rng: random.Random):
    """Awaiting a pending future yields the future itself; resumed after the answer, the coroutine gets the value."""
    _, future = made()
    ticket = f"T-{rng.randrange(1000)}"
    waiting = inside("awaiting", future)
    assert waiting.send(None) == future, "the task has to know whom to ask for a call"
    future.set_result(ticket)
    assert resume(waiting) == ticket


def test_the_loop_calls_back():
    """Callbacks get the future, in the order in which they were added, from the loop, and once."""
    loop, future = made()
    called = []
    for name in ("G1", "G2", "G3"):
        future.add_done_callback(lambda given, name=name: called.append((name, given == future)))
    loop.turn()
    assert called == [], "nothing has been settled"
    future.set_result("green")
    assert called == [], "set_result runs nobody: the office has to come to its own end first"
    loop.turn()
    loop.turn()
    assert called == [("G1", True), ("G2", True), ("G3", True)]
