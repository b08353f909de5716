# Raises the error of a close without a group.
# fails: test_a_close_that_fails, test_a_close_that_never_comes_to_an_end
# says: an error of a close is in a group
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
        while not closing.done():
            try:
                await asyncio.wait([closing])
            except asyncio.CancelledError as error:
                cancelled = error
        if trouble := closing.exception():
            errors.append(trouble)
    group = ExceptionGroup("some feeds failed", errors) if errors else None
    if cancelled:
        raise cancelled from group
    if len(errors) == 1:
        raise errors[0]
    if group:
        raise group
