"""A database with sessions that can be counted, customers who come and leave, and a loop without sockets and time."""

import asyncio
import types

import answer


class _Loop(asyncio.BaseEventLoop):
    """An event loop that calls `each_pass` with the number of each pass; its clock jumps to the next timer."""

    def __init__(self, each_pass):
        super().__init__()
        self._selector, self._now, self._passes, self._each_pass = self, 0.0, 0, each_pass
        self.set_exception_handler(lambda *_: None)

    def time(self):
        return self._now

    def select(self, timeout):
        self._passes += 1
        self._each_pass(self._passes)
        if not self._ready:
            if timeout is None or self._passes > 3_000:
                raise RuntimeError("somebody waits for something that never comes")
            self._now += timeout
        return []

    def _process_events(self, _):
        pass


def _run(coroutine, each_pass):
    """Run a coroutine on a loop of its own, also where another loop is running already."""
    outside, loop = asyncio._get_running_loop(), _Loop(each_pass)
    asyncio._set_running_loop(None)
    try:
        loop.run_until_complete(coroutine)
        return ""
    except RuntimeError as error:
        return str(error)
    finally:
        loop.close()
        asyncio._set_running_loop(outside)


@types.coroutine
def _trip():
    yield


async def _trips(number):
    for _ in range(number):
        await _trip()


class _Session:
    def __init__(self, database):
        self._database, self.dirty = database, False

    async def reset(self):
        self._database.resetting += 1
        try:
            await self._reset(self._database.reset_trouble)
        finally:
            self._database.resetting -= 1

    async def _reset(self, trouble):
        await _trips(self._database.trips)
        if trouble == "fails":
            raise ConnectionError("reset by peer")
        if trouble == "hangs":
            await asyncio.get_running_loop().create_future()
        if trouble == "slow":
            await asyncio.sleep(1.5)
        self.dirty = False

    def abort(self):
        self._database.aborted += 1


class _Database:
    def __init__(self, trips, reset_trouble, connect_fails):
        self.trips, self.reset_trouble, self._connect_fails = trips, reset_trouble, connect_fails
        self.opened = self.aborted = self.most = self.opening = self.resetting = 0

    async def connect(self):
        self.opening += 1
        self.most = max(self.most, self.opened - self.aborted + self.opening)
        try:
            await _trips(self.trips)
            if self._connect_fails > 0:
                self._connect_fails -= 1
                raise ConnectionError("too many clients")
            self.opened += 1
            return _Session(self)
        finally:
            self.opening -= 1


async def _customer(pool, told, name, trips, fails):
    """Use a connection for some trips; note when it was got, and in which state."""
    async with pool.connection() as session:
        told["served"].append(name)
        told["dirty"] += [name] * session.dirty
        told["now"] += 1
        told["together"] = max(told["together"], told["now"])
        session.dirty = True
        try:
            await _trips(trips)
        finally:
            told["now"] -= 1
        if fails:
            raise LookupError("sold out")


def evening(limit, customers, leave, trips=1, reset="", connect_fails=0, calm=False):
    """Let customers book, and some leave; then see how many can be served at the same time.

    `customers` are (name, pass of arrival, trips in the body, whether the body fails); `leave` says at which pass a
    customer is cancelled. With `calm`, resets work again before the count.
    """
    told = {"served": [], "dirty": [], "now": 0, "together": 0, "ends": {}, "cut": [], "opening": 0, "resetting": 0}
    database, tasks = _Database(trips, reset, connect_fails), {}

    def each_pass(number):
        for name, at in leave.items():
            if at == number and name in tasks and tasks[name].cancel():
                told["cut"].append(name)
                told["opening"], told["resetting"] = database.opening, database.resetting

    async def play():
        pool = answer.Pool(database.connect, limit)
        begun = asyncio.get_running_loop().time()
        for passed in range(max(at for _, at, _, _ in customers) + 1):
            for name, at, length, fails in customers:
                if at == passed:
                    tasks[name] = asyncio.create_task(_customer(pool, told, name, length, fails))
            await _trip()
        ends = await asyncio.gather(*tasks.values(), return_exceptions=True)
        told["ends"] = {name: type(end).__name__ if end else "" for name, end in zip(tasks, ends, strict=True)}
        told["took"] = asyncio.get_running_loop().time() - begun
        told["alive"], told["opened"] = database.opened - database.aborted, database.opened
        if calm:
            database.reset_trouble = ""
        told["together"] = 0
        later = [_customer(pool, told, f"later-{n}", 40, False) for n in range(limit)]
        await asyncio.gather(*later)

    told["stuck"] = _run(play(), each_pass)
    told["most"], told["left"] = database.most, database.opened - database.aborted
    return told
