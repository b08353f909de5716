# Passes places through an asyncio.Queue, where a newcomer can overtake whoever has been woken.
# fails: test_first_come_first_served
# says: whoever has been woken is next, not whoever comes by
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
        self.connect, self.idle, self.places = connect, deque(), asyncio.Queue()
        for place in range(limit):
            self.places.put_nowait(place)

    def connection(self):
        return Lease(self)


class Lease:
    def __init__(self, pool):
        self.pool = pool

    async def __aenter__(self):
        self.place = await self.pool.places.get()
        try:
            self.lent = self.pool.idle.popleft() if self.pool.idle else await self.pool.connect()
        except BaseException:
            self.pool.places.put_nowait(self.place)
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
            self.pool.places.put_nowait(self.place)
