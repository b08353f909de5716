# Starts each task when the one before has ended its first step.
# fails: test_results_in_the_order_of_the_call, test_all_start_before_any_is_waited_for, test_a_failure_stops_the_others_at_once, test_the_first_failure_is_told, test_who_fails_at_once, test_nobody_asks_again_and_again, test_one_that_is_cancelled_by_others_has_failed, test_one_clean_up_is_not_disturbed, test_any_evening
# says: five partners are asked side by side, not one after the
# exercise: core.gather
from collections.abc import Coroutine


async def gather(loop: Loop, *coroutines: Coroutine) -> list:
    """Return the results of all; if one fails, cancel the others, wait for them, and raise what failed first."""
    tasks = []
    for coroutine in coroutines:
        tasks.append(loop.create_task(coroutine))
        await sleep(loop, 1)
    ended, failures, left = loop.create_future(), [], len(tasks)

    def stop(error):
        if not failures:
            for task in tasks:
                if not task.done():
                    task.cancel()
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
