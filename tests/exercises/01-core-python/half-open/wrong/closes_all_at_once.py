# Closes all feeds at the same time.
# fails: test_the_list_belongs_to_the_body, test_a_body_that_fails, test_a_cancellation_at_every_await, test_a_cancellation_cuts_no_close_off, test_a_cancelled_body, test_a_close_that_fails, test_a_close_that_never_comes_to_an_end, test_a_feed_that_cannot_be_opened, test_all_goes_well, test_the_limit_is_five_seconds_unless_told_otherwise, test_the_second_cancellation_is_no_stronger
# says: what was opened is known to whoever opened it
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
    closings = [asyncio.create_task(asyncio.wait_for(feed.close(), limit)) for feed in reversed(feeds)]
    while not all(closing.done() for closing in closings):
        try:
            await asyncio.wait(closings)
        except asyncio.CancelledError as error:
            cancelled = error
    errors += [trouble for closing in closings if (trouble := closing.exception())]
    group = ExceptionGroup("some feeds failed", errors) if errors else None
    if cancelled:
        raise cancelled from group
    if errors == [failure]:
        raise failure
    if group:
        raise group
