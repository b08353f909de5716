# Writes the lease as a class that decides beforehand to abort, and changes its mind when the reset is answered.
# exercise: core.leaking-pool
import asyncio
from collections import deque
from functools import partial
from typing import Protocol


class Connection(Protocol):
    """What `connect` gives."""

    async def reset(self) -> None: ...
    def abort(self) -> None: ...


class Pool:
    """Lend at most `limit` connections at a time; open them when needed."""

    def __init__(self, connect, limit):
        self.connect, self.idle, self.places = connect, deque(), asyncio.Semaphore(limit)

    def connection(self):
        return Lease(self)


class Lease:
    def __init__(self, pool):
        self.pool = pool

    async def __aenter__(self):
        await self.pool.places.acquire()
        try:
            self.lent = self.pool.idle.popleft() if self.pool.idle else await self.pool.connect()
        except BaseException:
            self.pool.places.release()
            raise
        return self.lent

    async def __aexit__(self, kind, error, trace):
        give_back = self.lent.abort
        try:
            async with asyncio.timeout(2):
                await self.lent.reset()
            give_back = partial(self.pool.idle.append, self.lent)
        except (OSError, TimeoutError):
            pass
        finally:
            give_back()
            self.pool.places.release()
