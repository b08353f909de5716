# Looks every millisecond who has ended.
# fails: test_nobody_asks_again_and_again, test_a_failure_stops_the_others_at_once, test_who_fails_at_once, test_one_that_is_cancelled_by_others_has_failed
# says: a core that asks “now?” all evening
# exercise: core.gather
from collections.abc import Coroutine


async def gather(loop: Loop, *coroutines: Coroutine) -> list:
    """Return the results of all; if one fails, cancel the others, wait for them, and raise what failed first."""
    tasks, failure = [loop.create_task(coroutine) for coroutine in coroutines], None
    while not all(task.done() for task in tasks):
        news = None
        try:
            await sleep(loop, 1)
        except Cancelled as error:
            news = error
        for task in tasks:
            if task.done():
                news = news or task.exception()
        if news is not None and failure is None:
            failure = news
            for task in tasks:
                if not task.done():
                    task.cancel()
    if failure is not None:
        raise failure
    return [task.result() for task in tasks]
