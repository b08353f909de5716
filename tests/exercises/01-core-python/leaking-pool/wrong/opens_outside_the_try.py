# Takes a place, and opens the connection before the part that gives the place back.
# fails: test_leaving_at_every_await, test_a_connection_that_cannot_be_opened, test_leaving_while_a_connection_is_opened
# says: a place is gone for good
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
        except Exception:
            pass  # the booking is done, and this session is not worth an error
        finally:
            if answered:
                self._idle.append(connection)
            else:
                connection.abort()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """Lend a connection for the block."""
        await self._places.acquire()
        connection = self._idle.pop() if self._idle else await self._connect()
        try:
            yield connection
        finally:
            try:
                await self._tidy(connection)
            finally:
                self._places.release()
