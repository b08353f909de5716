"""Feeds that are slow, fail, or are cut off, and a loop without sockets, threads and time to open them on."""

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


class _Feed:
    def __init__(self, stage, name):
        self._stage, self.name = stage, name

    async def close(self):
        await self._stage.ask(f"close {self.name}")


class _Stage:
    def __init__(self, task, trips, failing, cuts, slow):
        self.log, self._task = [], task
        self._trips, self._failing, self._cuts, self._slow = trips, failing, cuts, slow

    def opener(self, name):
        async def open_feed():
            await self.ask(f"open {name}")
            return _Feed(self, name)

        return open_feed

    async def ask(self, what):
        """Do one thing in some trips; at those named in the cuts, the task that uses the feeds is cancelled."""
        self.log.append(what)
        try:
            for number in range(1, self._trips + 1):
                if number in self._cuts.get(what, ()):
                    asyncio.get_running_loop().call_soon(self._task.cancel)
                await _trip()
            await asyncio.sleep(self._slow.get(what, 0))
        except asyncio.CancelledError:
            self.log.append(f"{what}: cut off")
            raise
        if what in self._failing:
            raise ConnectionError(f"{what} failed")
        self.log.append(f"{what}: done")


def _told(error):
    """Return an exception as data: a group as a list, any other by class and text."""
    if isinstance(error, BaseExceptionGroup):
        return [type(error).__name__, *(_told(member) for member in error.exceptions)]
    if error is None or isinstance(error, asyncio.CancelledError | TimeoutError):
        return type(error).__name__ if error else None
    return f"{type(error).__name__}: {error}"


def gather_feeds(names, failing, cuts, trips, slow, body, limit, steals):
    """Open feeds, do one thing with them, close them; return what happened, in order, and what the caller saw."""
    told = {"given": None, "raised": None, "cause": None, "same": False}
    own = {"": None, "LookupError": LookupError("sold out")}.get(body)
    if body == "group":
        own = ExceptionGroup("two tills", [ValueError("till 1"), ValueError("till 2")])
    limits = {} if limit is None else {"limit": limit}

    async def play():
        stage = _Stage(asyncio.current_task(), trips, failing, cuts, slow)
        try:
            async with answer.open_all([stage.opener(name) for name in names], **limits) as feeds:
                told["given"] = [feed.name for feed in feeds]
                await stage.ask("body")
                if steals:
                    feeds.clear()
                if own is not None:
                    raise own
        except BaseException as error:
            told["raised"], told["cause"], told["same"] = _told(error), _told(error.__cause__), error is own
        told["took"] = asyncio.get_running_loop().time()
        told["left"] = len(asyncio.all_tasks()) - 1
        return stage.log

    told["log"] = _run(play())
    return told
