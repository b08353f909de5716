# Leaves it to AsyncExitStack: in reverse, and the last error hides the others.
# fails: X
# says: X
# exercise: core.half-open
import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Protocol


class Feed(Protocol):
    """What an opener gives."""

    async def close(self) -> None: ...


@asynccontextmanager
async def open_all(openers: Sequence[Callable[[], Awaitable[Feed]]], limit: float = 5.0) -> AsyncIterator[list[Feed]]:
    """Open feeds in order; close all that were opened in reverse, each within `limit` seconds, whatever happens."""
    async with AsyncExitStack() as stack:
        feeds = []
        for opener in openers:
            feed = await opener()
            stack.push_async_callback(asyncio.wait_for, feed.close(), limit)
            feeds.append(feed)
        yield feeds
