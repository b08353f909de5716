# Gives all a turn to start, and does not hear of those that end in it.
# fails: test_who_fails_at_once
# says: A coroutine that fails before it ever waits is a failure
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
        if task.exception() is not None:
            stop(task.exception())
        if left == 0:
            ended.set_result(None)

    if tasks:
        await sleep(loop, 0)
    left = 0
    for task in tasks:
        if not task.done():
            left += 1
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
