# Returns the results in the order in which they came.
# fails: test_results_in_the_order_of_the_call, test_any_evening
# says: All results come in the order in which the coroutines were
# exercise: core.gather
from collections.abc import Coroutine


async def gather(loop: Loop, *coroutines: Coroutine) -> list:
    """Return the results of all; if one fails, cancel the others, wait for them, and raise what failed first."""
    tasks = [loop.create_task(coroutine) for coroutine in coroutines]
    ended, failures, left, results = loop.create_future(), [], len(tasks), []

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
        else:
            results.append(task.result())
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
    return results
