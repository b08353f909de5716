# Serves in the order of asking, below the share.
# fails: test_nobody_gets_more_than_his_share, test_who_has_least_is_next
# says: a place that was left
# exercise: databases.tenant-pools
import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from psycopg import AsyncConnection
from psycopg.pq import TransactionStatus


class TenantPools:
    """Sessions for many tenants: at most `total` open, at most `share` out to one, kept idle for `keep` seconds."""

    def __init__(self, url: str, total: int, share: int, keep: float) -> None:
        self.url, self.total, self.share, self.keep = url, total, share, keep
        self.out, self.idle, self.queue = Counter(), [], []

    def serve(self):
        while self.out.total() < self.total:
            ready = [w for w in self.queue if self.out[w[0]] < self.share and not w[1].cancelled()]
            if not ready:
                return
            first = ready[0]
            self.queue.remove(first)
            self.out[first[0]] += 1
            first[1].set_result(None)

    async def find(self, tenant):
        mine = [row for row in self.idle if row[1] == tenant]
        if mine:
            self.idle.remove(mine[-1])
            return mine[-1][2]
        if self.out.total() + len(self.idle) > self.total:
            await self.idle.pop(0)[2].close()
        settings = {"application_name": tenant, "options": f"-c search_path={tenant}"}
        return await AsyncConnection.connect(self.url, autocommit=True, **settings)

    @asynccontextmanager
    async def session(self, tenant: str) -> AsyncIterator[AsyncConnection]:
        """Lend a session of a tenant for the time of the block."""
        turn, session = asyncio.get_running_loop().create_future(), None
        self.queue.append((tenant, turn))
        self.serve()
        try:
            await turn
            session = await self.find(tenant)
            yield session
        finally:
            if turn.cancelled():
                self.queue = [waiting for waiting in self.queue if waiting[1] is not turn]
            else:
                self.out[tenant] -= 1
                if session and session.info.transaction_status == TransactionStatus.IDLE:
                    self.idle.append((asyncio.get_running_loop().time(), tenant, session))
                elif session:
                    await session.close()
                self.serve()

    async def sweep(self) -> None:
        """Close what was idle for longer than `keep` seconds; the service calls this every second."""
        limit = asyncio.get_running_loop().time() - self.keep
        while self.idle and self.idle[0][0] < limit:
            await self.idle.pop(0)[2].close()

    async def close(self) -> None:
        """Close all that is idle, when every session is back."""
        while self.idle:
            await self.idle.pop()[2].close()
