# Tells the customer that the reset failed.
# fails: test_a_reset_that_is_never_answered, test_a_failed_reset_does_not_end_a_cancellation, test_a_failed_reset_is_no_concern_of_the_customers, test_leaving_at_every_await
# says: a deadline of ours is no error of the booking
# exercise: core.leaking-pool
import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Protocol


class Connection(Protocol):
    """What `connect` gives."""

    async def reset(self) -> None: ...
    def abort(self) -> None: ...


class Pool:
    """Lend at most `limit` connections at a time; open them when needed."""

    def __init__(self, connect: Callable[[], Awaitable[Connection]], limit: int) -> None:
        self._connect, self._places = connect, asyncio.Semaphore(limit)
        self._idle: list[Connection] = []

    async def _tidy(self, connection: Connection) -> None:
        answered = False
        try:
            async with asyncio.timeout(2):
                await connection.reset()
            answered = True
        finally:
            if answered:
                self._idle.append(connection)
            else:
                connection.abort()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """Lend a connection for the block."""
        async with self._places:
            connection = self._idle.pop() if self._idle else await self._connect()
            try:
                yield connection
            finally:
                await self._tidy(connection)
