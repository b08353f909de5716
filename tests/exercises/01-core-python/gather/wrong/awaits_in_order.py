# Awaits the tasks one after the other, and hears of a failure when its turn comes.
# fails: test_a_failure_stops_the_others_at_once, test_the_first_failure_is_told, test_one_that_is_cancelled_by_others_has_failed, test_one_clean_up_is_not_disturbed, test_any_evening
# says: a seat that one partner refuses must not stay held at the
# exercise: core.gather
from collections.abc import Coroutine


async def gather(loop: Loop, *coroutines: Coroutine) -> list:
    """Return the results of all; if one fails, cancel the others, wait for them, and raise what failed first."""
    tasks = [loop.create_task(coroutine) for coroutine in coroutines]
    failure = None
    for task in tasks:
        try:
            await task
        except (Exception, Cancelled) as error:
            if failure is None:
                failure = error
                for other in tasks:
                    if not other.done():
                        other.cancel()
    if failure:
        raise failure
    return [task.result() for task in tasks]
