# Ends its workers when all is paid, and in no other case.
# fails: test_a_feed_that_breaks, test_a_night_that_is_cancelled, test_a_night_that_is_cancelled_ends
# says: workers that nobody ended
# exercise: core.lost-orders
import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable


async def settle_all(orders: AsyncIterator[int], pay: Callable[[int], Awaitable[str]], workers: int = 3) -> Night:
    """Pay all orders, `workers` at a time; return the receipts and the failures."""
    queue, night = asyncio.Queue(workers), Night()

    async def worker() -> None:
        while True:
            order = await queue.get()
            try:
                night.paid[order] = await pay(order)
            except Exception as error:
                night.failed[order] = error
            queue.task_done()

    tasks = [asyncio.create_task(worker()) for _ in range(workers)]
    try:
        async for order in orders:
            await queue.put(order)
    finally:
        await queue.join()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return night
