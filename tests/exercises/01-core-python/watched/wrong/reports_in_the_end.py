# Keeps its reports until the coroutine has ended.
# fails: test_a_report_comes_when_the_step_is_over
# says: whoever blocks may never end
# exercise: core.watched
import types
from collections.abc import Callable


@types.coroutine
def watched(coroutine: types.CoroutineType, clock: Callable[[], int], limit: int, report: Callable[[str, str, int], None]):
    """Await a fresh coroutine; call `report(here, there, took)` for each step that takes more than `limit` ms."""
    kept = []
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
                kept.append((here, there, took))
            if there == "end":
                for each in kept:
                    report(*each)
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
