# Does not count a task that ends as cancelled.
# fails: test_one_that_is_cancelled_by_others_has_failed
# says: A coroutine that ends with Cancelled, though the call did
# exercise: core.gather
from collections.abc import Coroutine


async def gather(loop: Loop, *coroutines: Coroutine) -> list:
    """Return the results of all; if one fails, cancel the others, wait for them, and raise what failed first."""
    tasks = [loop.create_task(coroutine) for coroutine in coroutines]
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
        if isinstance(task.exception(), Exception):
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
