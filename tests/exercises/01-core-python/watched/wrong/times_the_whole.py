# Awaits the coroutine and measures it as a whole.
# fails: test_a_long_step_is_named, test_the_first_step_and_the_last, test_waiting_is_not_holding, test_an_error_reaches_the_caller, test_the_limit_itself_is_allowed, test_cancellation_reaches_the_coroutine, test_a_coroutine_may_go_on_after_an_error, test_a_report_comes_when_the_step_is_over, test_a_watched_coroutine_can_be_closed, test_any_coroutines_in_coroutines
# says: between these two lies what blocks
# exercise: core.watched
import types
from collections.abc import Callable


async def watched(coroutine: types.CoroutineType, clock: Callable[[], int], limit: int, report: Callable[[str, str, int], None]):
    """Await a coroutine that has not been started, and report each step that takes more than `limit` ms."""
    began = clock()
    try:
        return await coroutine
    finally:
        if clock() - began > limit:
            report("start", "end", clock() - began)
