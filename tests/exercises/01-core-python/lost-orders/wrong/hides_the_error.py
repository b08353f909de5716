# Settles what has come, and keeps the feed's error to itself.
# fails: test_the_error_of_the_feed_reaches_the_caller, test_a_feed_that_breaks, test_a_feed_without_orders
# says: has to know that orders may be missing
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
        try:
            async for order in orders:
                await queue.put(order)
        except Exception:
            pass
        await queue.join()
        return night
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
