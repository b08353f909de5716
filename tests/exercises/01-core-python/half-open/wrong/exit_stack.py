# Leaves it to AsyncExitStack: in reverse, and the last error hides the others.
# fails: test_a_group_of_the_body_stays_one_error, test_a_cancellation_at_every_await, test_a_cancellation_cuts_no_close_off, test_a_cancellation_keeps_its_name, test_a_close_that_fails, test_a_close_that_never_comes_to_an_end, test_every_error_is_kept, test_the_second_cancellation_is_no_stronger
# says: a group of the body is one error of ours
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
