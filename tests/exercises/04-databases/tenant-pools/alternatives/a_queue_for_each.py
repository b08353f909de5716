# A queue, a stack of idle sessions and a number for each tenant; tickets give the order.
# exercise: databases.tenant-pools
import asyncio
import itertools
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import psycopg


@dataclass
class Tenant:
    name: str
    out: int = 0
    idle: dict = field(default_factory=dict)  # session: since when
    waiting: dict = field(default_factory=dict)  # ticket: event


class TenantPools:
    """Sessions for many tenants: at most `total` open, at most `share` out to one, kept idle for `keep` seconds."""

    def __init__(self, url, total, share, keep):
        self.url, self.total, self.share, self.keep = url, total, share, keep
        self.tenants, self.tickets = {}, itertools.count()

    def next(self):
        free = self.total - sum(tenant.out for tenant in self.tenants.values())
        while free > 0:
            ready = [t for t in self.tenants.values() if t.waiting and t.out < self.share]
            if not ready:
                break
            tenant = min(ready, key=lambda t: (t.out, min(t.waiting)))
            tenant.out += 1
            free -= 1
            tenant.waiting.pop(min(tenant.waiting)).set()

    async def opened(self, tenant):
        if tenant.idle:
            return tenant.idle.popitem()[0]
        known = self.tenants.values()
        if sum(t.out + len(t.idle) for t in known) > self.total:
            await self.drop(min((since, t.name, session) for t in known for session, since in t.idle.items())[1:])
        return await psycopg.AsyncConnection.connect(
            self.url, autocommit=True, application_name=tenant.name, options=f"-csearch_path={tenant.name}"
        )

    async def drop(self, found):
        del self.tenants[found[0]].idle[found[1]]
        await found[1].close()

    @asynccontextmanager
    async def session(self, tenant):
        mine, ticket, let_in = self.tenants.setdefault(tenant, Tenant(tenant)), next(self.tickets), asyncio.Event()
        mine.waiting[ticket] = let_in
        self.next()
        try:
            await let_in.wait()
            session = await self.opened(mine)
            try:
                yield session
            finally:
                if session.info.transaction_status.name == "IDLE":
                    mine.idle[session] = time.monotonic()
                else:
                    await session.close()
        finally:
            if mine.waiting.pop(ticket, None) is None:
                mine.out -= 1
            self.next()

    async def sweep(self, keep=None):
        limit = time.monotonic() - (self.keep if keep is None else keep)
        for tenant in self.tenants.values():
            for session in [each for each, since in tenant.idle.items() if since <= limit]:
                await self.drop((tenant.name, session))

    async def close(self):
        await self.sweep(0)
