# Wakes customers who have left the queue.
# fails: test_leaving_the_queue, test_leaving_at_every_await, test_leaving_at_the_moment_of_the_hand_over
# says: Ana did nothing wrong
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
        self._connect, self._places = connect, limit
        self._idle: list[Connection] = []
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def _enter(self) -> None:
        if self._places:
            self._places -= 1
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():
                self._leave()
            raise

    def _leave(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            turn.set_result(None)
            return
        self._places += 1

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """Lend a connection for the block."""
        await self._enter()
        try:
            connection = self._idle.pop() if self._idle else await self._connect()
            clean = False
            try:
                yield connection
            finally:
                try:
                    with suppress(Exception):
                        async with asyncio.timeout(2):
                            await connection.reset()
                        clean = True
                finally:
                    if clean:
                        self._idle.append(connection)
                    else:
                        connection.abort()
        finally:
            self._leave()
