# Returns the results of the clean-ups after a cancellation.
# fails: test_cancelled_is_cancelled_whatever_the_clean_up_does, test_cancelling_the_call_cancels_all
# says: whoever cancels wants to read it
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
        for task in tasks:
            if not task.done():
                task.cancel()
        await ended
    if failures:
        raise failures[0]
    return [task.result() for task in tasks]
