"""Eight doors, the people who come, and what comes of it."""

import asyncio
from collections import deque
from contextlib import asynccontextmanager
from dataclasses import dataclass

SOON, LATER, LONG = 1.0, 2.0, 9.0  # seconds


@dataclass(frozen=True, kw_only=True)
class Call:
    """Somebody comes `at`, waits at the door, works inside for `lasts` seconds and leaves.

    `gives_up`: so many seconds after coming, cancelled wherever she is. `takes`: whom, by place in the list, she
    cancels in the very moment in which she leaves.
    """

    at: float = 0.0
    lasts: float = SOON
    gives_up: float | None = None
    takes: int | None = None


class Look:
    def __init__(self, limit: int):
        self.limit, self.inside, self.line = limit, 0, deque()

    def full(self) -> bool:
        return self.inside >= self.limit

    async def turn(self) -> None:
        """Wait in line until somebody calls."""
        self.line.append(asyncio.get_running_loop().create_future())
        await self.line[-1]

    def call(self, most: int) -> None:
        """Call up to so many of those in line; who has given up is passed over."""
        while self.line and most:
            place = self.line.popleft()
            if not place.done():
                place.set_result(None)
                most -= 1

    async def __aenter__(self):
        while self.full():
            await self.turn()
        await asyncio.sleep(0)  # writes a line to the log
        self.inside += 1

    async def __aexit__(self, *_):
        self.inside -= 1
        self.call(99)


class Bell(Look):
    async def __aenter__(self):
        if self.full():
            await self.turn()
        self.inside += 1


class Recheck(Look):
    async def __aenter__(self):
        while self.full():
            await self.turn()
        self.inside += 1


class Polite(Look):
    """Hands its place over to the next in line."""

    async def __aenter__(self):
        if self.full():
            await self.turn()
        else:
            self.inside += 1

    async def __aexit__(self, *_):
        before = len([place for place in self.line if not place.done()])
        self.call(1)
        if not before:
            self.inside -= 1


class Hasty(Recheck):
    async def __aenter__(self):
        try:
            await super().__aenter__()
        except asyncio.CancelledError:
            await self.__aexit__()
            raise


class Thrifty(Recheck):
    """Calls nobody unless it was full, and passes on a call that came too late."""

    async def turn(self):
        try:
            await super().turn()
        except asyncio.CancelledError:
            self.call(1)
            raise

    async def __aexit__(self, *_):
        if self.full():
            self.call(1)
        self.inside -= 1


@asynccontextmanager
async def careless(door: Recheck):
    await door.__aenter__()
    yield
    await door.__aexit__()


DOORS = {kind.__name__.lower(): kind for kind in (Look, Bell, Recheck, Polite, Hasty, Thrifty)}
DOORS |= {"careless": Recheck, "semaphore": asyncio.Semaphore}


class Clock(asyncio.BaseEventLoop):
    """An event loop whose clock jumps to the next appointment."""

    def __init__(self):
        super().__init__()
        self.now, self._selector, self._timers = 0.0, self, 0

    def call_at(self, when: float, callback, *args, context=None):
        self._timers += 1  # appointments at one time are kept in the order in which they were made
        return super().call_at(when + self._timers * 1e-12, callback, *args, context=context)

    def time(self) -> float:
        return self.now

    def select(self, timeout: float | None) -> list:
        if timeout is None:
            raise TimeoutError("everybody waits, and nobody is inside")
        self.now += timeout
        return []

    def _process_events(self, events: list) -> None:
        pass

    def _write_to_self(self) -> None:
        pass


def outcome(name: str, limit: int, calls: list[Call]) -> str:
    """Say what comes of it: "crowded" (more than `limit` inside at once), "stuck" (some wait for ever), or "holds"."""
    clock, tasks, inside = Clock(), [], []

    async def visit(call: Call) -> None:
        await asyncio.sleep(call.at)
        async with asyncio.timeout(call.gives_up):
            async with careless(door) if name == "careless" else door:
                inside.append(call)
                peak.append(len(inside))
                try:
                    await asyncio.sleep(call.lasts)
                finally:
                    inside.remove(call)
        if call.takes is not None:
            tasks[call.takes].cancel()

    async def evening() -> None:
        tasks.extend(asyncio.ensure_future(visit(call)) for call in calls)
        await asyncio.gather(*tasks, return_exceptions=True)

    door, peak, stuck = DOORS[name](limit), [0], False
    try:
        clock.run_until_complete(evening())
    except TimeoutError:
        stuck = True
        for task in tasks:
            task.cancel()
        clock.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
    clock.close()
    return "crowded" if max(peak) > limit else "stuck" if stuck else "holds"
