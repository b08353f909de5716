# Reports only steps that end at a yield or a return.
# fails: test_an_error_reaches_the_caller, test_cancellation_reaches_the_coroutine, test_a_watched_coroutine_can_be_closed
# says: it blocked all the same
# exercise: core.watched
import types
from collections.abc import Callable


@types.coroutine
def watched(coroutine: types.CoroutineType, clock: Callable[[], int], limit: int, report: Callable[[str, str, int], None]):
    """Await a fresh coroutine; call `report(here, there, took)` for each step that takes more than `limit` ms."""
    here, resume, given = "start", coroutine.send, None
    while True:
        there, began = "end", clock()
        try:
            waits_for = resume(given)
            there = _innermost(coroutine)
        except StopIteration as end:
            if clock() - began > limit:
                report(here, there, clock() - began)
            return end.value
        if clock() - began > limit:
            report(here, there, clock() - began)
        here = there
        try:
            given = yield waits_for
            resume = coroutine.send
        except BaseException as error:
            resume, given = coroutine.throw, error


def _innermost(coroutine):
    while isinstance(coroutine.cr_await, types.CoroutineType):
        coroutine = coroutine.cr_await
    return coroutine.__name__
