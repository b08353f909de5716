# Waits once more after a cancellation, and gives in to the second.
# fails: test_a_cancellation_at_every_await, test_the_second_cancellation_is_no_stronger
# says: a close that goes on behind the caller's back is not finished
# exercise: core.half-open
import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Protocol


class Feed(Protocol):
    """What an opener gives."""

    async def close(self) -> None: ...


@asynccontextmanager
async def open_all(openers: Sequence[Callable[[], Awaitable[Feed]]], limit: float = 5.0) -> AsyncIterator[list[Feed]]:
    """Open feeds in order; close all that were opened in reverse, each within `limit` seconds, whatever happens."""
    feeds: list[Feed] = []
    errors: list[Exception] = []
    cancelled = failure = None
    try:
        for opener in openers:
            feeds.append(await opener())
        yield [*feeds]
    except asyncio.CancelledError as error:
        cancelled = error
    except Exception as error:
        failure = error
        errors.append(error)
    for feed in reversed(feeds):
        closing = asyncio.create_task(asyncio.wait_for(feed.close(), limit))
        try:
            await asyncio.wait([closing])
        except asyncio.CancelledError as error:
            cancelled = error
            await asyncio.wait([closing])
        if trouble := closing.exception():
            errors.append(trouble)
    group = ExceptionGroup("some feeds failed", errors) if errors else None
    if cancelled:
        raise cancelled from group
    if errors == [failure]:
        raise failure
    if group:
        raise group
