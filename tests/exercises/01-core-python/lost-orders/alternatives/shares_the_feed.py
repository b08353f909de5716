# No queue: the workers take turns at the feed itself, so that nothing is ever read ahead.
# exercise: core.lost-orders
import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable


async def settle_all(orders: AsyncIterator[int], pay: Callable[[int], Awaitable[str]], workers: int = 3) -> Night:
    """Pay all orders, `workers` at a time; return the receipts and the failures."""
    night, turn, feed, broken = Night(), asyncio.Lock(), aiter(orders), []

    async def next_order() -> int | None:
        async with turn:
            try:
                return None if broken else await anext(feed)
            except Exception as error:
                broken.append(error)
                return None

    async def worker() -> None:
        while (order := await next_order()) is not None:
            try:
                night.paid[order] = await pay(order)
            except Exception as error:
                night.failed[order] = error

    async with asyncio.TaskGroup() as group:
        for _ in range(workers):
            group.create_task(worker())
    if not isinstance(broken[0], StopAsyncIteration):
        raise broken[0]
    return night
