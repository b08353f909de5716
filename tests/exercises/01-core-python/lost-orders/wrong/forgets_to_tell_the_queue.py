# Notes a failure, and does not tell the queue that the order is done with.
# fails: test_a_failed_payment_is_noted, test_more_failures_than_workers, test_a_feed_that_breaks, test_any_night
# says: one refused card
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
                queue.task_done()
            except Exception as error:
                night.failed[order] = error

    tasks = [asyncio.create_task(worker()) for _ in range(workers)]
    try:
        try:
            async for order in orders:
                await queue.put(order)
        except Exception:
            await queue.join()
            raise
        await queue.join()
        return night
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
