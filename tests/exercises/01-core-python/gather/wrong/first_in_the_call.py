# Raises the failure that stands first in the call, not the first in time.
# fails: test_the_first_failure_is_told, test_any_evening
# says: what came later is a consequence
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

    for task in tasks:
        task.add_done_callback(one_less)
    try:
        if tasks:
            await ended
    except Cancelled as error:
        stop(error)
        await ended
    if failures:
        if isinstance(failures[0], Cancelled):
            raise failures[0]
        raise next(task.exception() for task in tasks if isinstance(task.exception(), Exception))
    return [task.result() for task in tasks]
