# Makes a task for each order behind a semaphore, and waits for tasks even if there are none.
# fails: test_a_feed_without_orders
# says: without orders
# exercise: core.lost-orders
import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable


async def settle_all(orders: AsyncIterator[int], pay: Callable[[int], Awaitable[str]], workers: int = 3) -> Night:
    """Pay all orders, `workers` at a time; return the receipts and the failures."""
    night, door, tasks = Night(), asyncio.Semaphore(workers), set()

    async def one(order: int) -> None:
        try:
            night.paid[order] = await pay(order)
        except Exception as error:
            night.failed[order] = error
        finally:
            door.release()

    try:
        try:
            async for order in orders:
                await door.acquire()
                tasks.add(asyncio.create_task(one(order)))
        finally:
            if asyncio.current_task().cancelling():
                for task in tasks:
                    task.cancel()
        return night
    finally:
        await asyncio.wait(tasks)
