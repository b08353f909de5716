"""A session whose every call can fail or be cut off, and a loop without sockets, threads and time to run it on."""

import asyncio
import types

import answer


class _Loop(asyncio.BaseEventLoop):
    """An event loop that counts its passes; its clock jumps to the next timer."""

    def __init__(self):
        super().__init__()
        self._selector, self._now, self._passes = self, 0.0, 0
        self.set_exception_handler(lambda *_: None)

    def time(self):
        return self._now

    def select(self, timeout):
        self._passes += 1
        if timeout is None or self._passes > 3_000:
            raise RuntimeError("the answer waits for something that never comes")
        self._now += timeout
        return []

    def _process_events(self, _):
        pass


def _run(coroutine):
    """Run a coroutine on a loop of its own, also where another loop is running already."""
    outside, loop = asyncio._get_running_loop(), _Loop()
    asyncio._set_running_loop(None)
    try:
        return loop.run_until_complete(coroutine)
    finally:
        loop.close()
        asyncio._set_running_loop(outside)


@types.coroutine
def _trip():
    yield


class Closed(BaseException):
    """The house is evacuated: an exception that is no Exception."""


class _Session:
    def __init__(self, trips, failing, cuts, task):
        self.log, self._trips, self._failing, self._cuts, self._task = [], trips, failing, cuts, task

    async def begin(self):
        await self._ask("begin")

    async def work(self):
        await self._ask("work")

    async def commit(self):
        await self._ask("commit")

    async def rollback(self):
        await self._ask("rollback")

    def abort(self):
        self.log.append("abort")

    async def _ask(self, what):
        self.log.append(what)
        for number in range(1, self._trips + 1):
            if self._cuts.get(what) == number:
                asyncio.get_running_loop().call_soon(self._task.cancel)
            await _trip()
        if what in self._failing:
            raise ConnectionError(f"{what} failed")
        self.log.append(f"{what} answered")


def transact(body, failing, cuts, trips):
    """Run one transaction; return what the session was asked, what the caller saw, and the outcomes.

    `body` names the exception that ends the block ("" for none), `failing` the calls that raise ConnectionError,
    `cuts` at which of its `trips` each call is cancelled.
    """
    told = {"gave": None, "during": None, "raised": "", "same": None, "outcome": None}
    own = {"ValueError": ValueError("B7 is taken"), "Closed": Closed("fire alarm")}.get(body)

    async def play():
        session = _Session(trips, failing, cuts, asyncio.current_task())
        tx = answer.Transaction(session)
        try:
            async with tx as given:
                told["gave"], told["during"] = given is tx, tx.outcome
                await session.work()
                if own is not None:
                    raise own
        except BaseException as error:
            told["raised"] = type(error).__name__
            told["same"] = error is own
        told["outcome"] = tx.outcome
        return session.log

    told["log"] = _run(play())
    return told
