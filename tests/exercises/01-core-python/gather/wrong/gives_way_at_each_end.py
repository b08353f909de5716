# Gives the others a turn after each end, and is resumed twice as often.
# fails: test_nobody_asks_again_and_again
# says: a core that asks “now?” all evening
# exercise: core.gather
from collections import deque
from collections.abc import Coroutine


async def gather(loop: Loop, *coroutines: Coroutine) -> list:
    tasks, ends = [], deque()
    bell = [loop.create_future()]

    def ring(task):
        ends.append(task)
        if not bell[0].done():
            bell[0].set_result(None)

    for coroutine in coroutines:
        task = loop.create_task(coroutine)
        task.add_done_callback(ring)
        tasks.append(task)
    open_ones, reason = set(tasks), None
    while open_ones:
        news = None
        try:
            await bell[0]
            await sleep(loop, 0)
        except Cancelled as error:
            news = error
        while ends:
            task = ends.popleft()
            open_ones.discard(task)
            news = news or task.exception()
        bell[0] = loop.create_future()
        if news is not None and reason is None:
            reason = news
            for task in open_ones:
                if not task.done():
                    task.cancel()
    if reason is not None:
        raise reason
    return [task.result() for task in tasks]
