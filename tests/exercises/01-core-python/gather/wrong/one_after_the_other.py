# Awaits one coroutine, then starts the next.
# fails: test_results_in_the_order_of_the_call, test_all_start_before_any_is_waited_for, test_a_failure_stops_the_others_at_once, test_nobody_is_left_behind, test_cancelling_the_call_cancels_all, test_the_first_failure_is_told, test_who_fails_at_once, test_cancelled_is_cancelled_whatever_the_clean_up_does, test_one_that_is_cancelled_by_others_has_failed, test_one_clean_up_is_not_disturbed, test_any_evening
# says: five partners are asked side by side, not one after the
# exercise: core.gather
from collections.abc import Coroutine


async def gather(loop: Loop, *coroutines: Coroutine) -> list:
    """Return the results of all; if one fails, cancel the others, wait for them, and raise what failed first."""
    return [await coroutine for coroutine in coroutines]
