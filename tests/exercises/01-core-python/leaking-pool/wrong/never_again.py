# Aborts every connection, to be safe.
# fails: test_a_connection_is_used_again, test_a_refused_booking_gives_its_connection_back, test_a_slow_reset_is_waited_for, test_leaving_at_every_await, test_leaving_during_the_reset, test_leaving_in_the_body
# says: a connection costs more than a booking
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
