# Waits for all, then raises the first failure.
# fails: test_a_failure_stops_the_others_at_once, test_nobody_is_left_behind, test_cancelling_the_call_cancels_all, test_the_first_failure_is_told, test_who_fails_at_once, test_cancelled_is_cancelled_whatever_the_clean_up_does, test_one_that_is_cancelled_by_others_has_failed, test_one_clean_up_is_not_disturbed, test_any_evening
# says: a seat that one partner refuses must not stay held at the
# exercise: core.gather
from collections.abc import Coroutine


async def gather(loop: Loop, *coroutines: Coroutine) -> list:
    """Return the results of all; if one fails, cancel the others, wait for them, and raise what failed first."""
    tasks = [loop.create_task(coroutine) for coroutine in coroutines]
    ended, failures, left = loop.create_future(), [], len(tasks)

    def stop(error):
        failures.append(error)

    def one_less(task):
        nonlocal left
        left -= 1
        if task.exception() is not None:
            stop(task.exception())
        if left == 0:
            ended.set_result(None)

    for task in tasks:
        task.add_done_callback(one_less)
    try:
        if tasks:
            await ended
    except Cancelled as error:
        stop(error)
        await ended
    if failures:
        raise failures[0]
    return [task.result() for task in tasks]
