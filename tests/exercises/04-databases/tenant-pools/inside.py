"""What the checks of databases.tenant-pools arrange beside the answer: guests, each with a session until he is told to go."""

import asyncio
import contextlib

import answer
import psycopg

A, F, N = "aurora", "foundry", "nordhalle"


class Guest:
    """Takes a session of a tenant, sells something, and stays until `leave`."""

    def __init__(self, pools, tenant, log=None, name=""):
        self.pools, self.tenant, self.name, self.log = pools, tenant, name or tenant, [] if log is None else log
        self.has, self.go, self.pid = asyncio.Event(), asyncio.Event(), 0
        self.task = asyncio.create_task(self.stay())

    async def stay(self):
        async with self.pools.session(self.tenant) as session:
            await session.execute("INSERT INTO sale VALUES (%s)", [self.name])
            self.pid = session.info.backend_pid
            self.log.append(self.name)
            self.has.set()
            await self.go.wait()

    async def leave(self):
        self.go.set()
        await self.task
        return self.pid


async def got(*guests):
    """Wait until these guests have a session, a second and a half at most; say which have."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(1.5):
            for guest in guests:
                await guest.has.wait()
    return [guest.has.is_set() for guest in guests]


async def still(*guests):
    """Say which guests have a session after a while in which they should get none."""
    await asyncio.sleep(0.3)
    return [guest.has.is_set() for guest in guests]


async def end(pools, *guests):
    for guest in guests:
        guest.go.set()
    await asyncio.wait([guest.task for guest in guests], timeout=1)
    await pools.close()


def crowd(url, look):
    """Three guests of one tenant, one each of two others; three places, two a tenant."""

    async def play():
        pools = answer.TenantPools(url, 3, 2, 60)
        aurora = [Guest(pools, A) for _ in range(3)]
        found = [await got(*aurora[:2])]
        others = [Guest(pools, N), Guest(pools, F)]
        found += [await got(others[0]), await still(aurora[2], others[1])]
        look()
        await aurora[0].leave()
        found.append(await got(others[1]))
        await end(pools, *aurora, *others)
        return found

    return asyncio.run(play())


def order(url):
    """Return in which order six guests get a session of two places that two of them have."""

    async def play():
        pools, log = answer.TenantPools(url, 2, 2, 60), []
        guests = [Guest(pools, A, log, "aurora 1"), Guest(pools, A, log, "aurora 2")]
        await got(*guests)
        for tenant, name in ((A, "aurora 3"), (A, "aurora 4"), (N, "nordhalle 1"), (F, "foundry 1")):
            guests.append(Guest(pools, tenant, log, name))
            await asyncio.sleep(0.02)
        first, _, third, fourth, nordhalle, foundry = guests
        for leaves, comes in ((first, nordhalle), (nordhalle, foundry), (foundry, third), (third, fourth)):
            leaves.go.set()
            await got(comes)
        await end(pools, *guests)
        return log[2:]

    return asyncio.run(play())


def again(url):
    """Return the sessions of a guest, of the next one of his tenant, of one of another tenant, and of his tenant again."""

    async def play():
        pools, pids = answer.TenantPools(url, 3, 2, 60), []
        for tenant in (A, A, N, A):
            guest = Guest(pools, tenant)
            await got(guest)
            pids.append(await guest.leave())
        await pools.close()
        return pids

    return asyncio.run(play())


def room(url, look):
    """Two idle sessions of one tenant fill both places, and another tenant comes; return who got which session."""

    async def play():
        pools = answer.TenantPools(url, 2, 2, 60)
        old, new = Guest(pools, A), Guest(pools, A)
        await got(old, new)
        pids = [await old.leave(), await new.leave()]
        nordhalle = Guest(pools, N)
        found = await got(nordhalle)
        look()
        third = Guest(pools, A)
        found += await got(third)
        pids.append(third.pid)
        await end(pools, nordhalle, third)
        return found, pids

    return asyncio.run(play())


def swept(url, look):
    """Sweep when one session is idle for long, one for a moment, and one is out; look then, and after the close."""

    async def play():
        pools = answer.TenantPools(url, 3, 2, 1.0)
        nordhalle, aurora, foundry = Guest(pools, N), Guest(pools, A), Guest(pools, F)
        await got(nordhalle, aurora, foundry)
        await aurora.leave()
        await asyncio.sleep(1.5)
        await foundry.leave()
        await pools.sweep()
        look()
        await nordhalle.leave()
        await pools.close()
        look()

    asyncio.run(play())


def cancelled(url, passes):
    """One place: a guest leaves, and so many passes of the loop later the next one gives up; say whether a third gets it."""

    async def play():
        pools = answer.TenantPools(url, 1, 1, 60)
        first = Guest(pools, A)
        await got(first)
        second = Guest(pools, N)
        await asyncio.sleep(0.01)
        third = Guest(pools, F)
        await asyncio.sleep(0.01)
        if passes < 0:  # he gives up before anybody leaves
            second.task.cancel()
            await asyncio.sleep(0.01)
        first.go.set()
        for _ in range(passes):
            await asyncio.sleep(0)
        second.task.cancel()
        second.go.set()
        found = await got(third)
        await end(pools, first, second, third)
        return found

    return asyncio.run(play())


def dirty(url):
    """Leave a transaction open, raise, and use the place again; return what the caller saw, and the next session's state."""

    async def play():
        pools, seen = answer.TenantPools(url, 1, 1, 60), ""
        try:
            async with pools.session(A) as session:
                await session.execute("BEGIN")
                await session.execute("INSERT INTO sale VALUES ('never')")
                raise LookupError("sold out")
        except LookupError as error:
            seen = str(error)
        async with pools.session(A) as session:
            state = session.info.transaction_status.name
        await pools.close()
        return seen, state

    return asyncio.run(play())


def killed(url, kill):
    """Have a session killed in a guest's hand; say whether the next guest gets one that works."""

    async def play():
        pools = answer.TenantPools(url, 1, 1, 60)
        with contextlib.suppress(psycopg.Error):
            async with pools.session(A) as session:
                kill()
                await session.execute("SELECT 1")
        found = await got(guest := Guest(pools, A))
        await end(pools, guest)
        return found

    return asyncio.run(play())


def refused(url, shut, reopen):
    """Let no session be opened for a while; return what a guest then gets, and whether one later gets a session."""

    async def play():
        pools = answer.TenantPools(url, 1, 1, 60)
        shut()
        try:
            async with pools.session(A):
                said = "a session"
        except psycopg.OperationalError:
            said = "OperationalError"
        reopen()
        found = await got(guest := Guest(pools, N))
        await end(pools, guest)
        return said, found

    return asyncio.run(play())
