# Measures from one yield to the next.
# fails: test_a_long_step_is_named, test_the_first_step_and_the_last, test_waiting_is_not_holding, test_an_error_reaches_the_caller, test_cancellation_reaches_the_coroutine, test_a_coroutine_may_go_on_after_an_error, test_a_report_comes_when_the_step_is_over, test_a_watched_coroutine_can_be_closed, test_any_coroutines_in_coroutines
# says: between these two lies what blocks
# exercise: core.watched
import types
from collections.abc import Callable


@types.coroutine
def watched(coroutine: types.CoroutineType, clock: Callable[[], int], limit: int, report: Callable[[str, str, int], None]):
    """Await a fresh coroutine; call `report(here, there, took)` for each step that takes more than `limit` ms."""
    began = clock()
    here, resume, given = "start", coroutine.send, None
    while True:
        there = "end"
        try:
            waits_for = resume(given)
            there = _innermost(coroutine)
        except StopIteration as end:
            return end.value
        finally:
            took = clock() - began
            if took > limit:
                report(here, there, took)
            began = clock()
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
