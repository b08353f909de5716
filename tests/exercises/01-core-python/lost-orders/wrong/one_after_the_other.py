# Pays one order after the other.
# fails: test_as_many_at_once_as_there_are_workers, test_a_night_that_is_cancelled
# says: so many connections
# exercise: core.lost-orders
from collections.abc import AsyncIterator, Awaitable, Callable


async def settle_all(orders: AsyncIterator[int], pay: Callable[[int], Awaitable[str]], workers: int = 3) -> Night:
    """Pay all orders, `workers` at a time; return the receipts and the failures."""
    night = Night()
    async for order in orders:
        try:
            night.paid[order] = await pay(order)
        except Exception as error:
            night.failed[order] = error
    return night
