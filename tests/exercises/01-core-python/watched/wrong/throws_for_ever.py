# Goes on throwing after the first error.
# fails: test_a_coroutine_may_go_on_after_an_error, test_errors_pass_again_and_again
# says: An error that is thrown in and caught does not end the
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
            return end.value
        finally:
            took = clock() - began
            if took > limit:
                report(here, there, took)
        here = there
        try:
            given = yield waits_for
        except BaseException as error:
            resume, given = coroutine.throw, error


def _innermost(coroutine):
    while isinstance(coroutine.cr_await, types.CoroutineType):
        coroutine = coroutine.cr_await
    return coroutine.__name__
