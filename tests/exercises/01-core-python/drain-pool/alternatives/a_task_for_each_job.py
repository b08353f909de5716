# No workers: each job gets a task when a place is free, and callbacks begin the next; those at the door wait on futures.
# exercise: core.drain-pool
import asyncio
from collections import deque
from collections.abc import Awaitable, Callable


class Pool:
    """Workers that do jobs, and can be told to stop without losing one."""

    def __init__(self, work: Callable[[str], Awaitable[None]], workers: int, room: int) -> None:
        """Start the workers; at most `room` accepted jobs wait for one."""
        self.ledger = Ledger()
        self._work, self._workers, self._room = work, workers, room
        self._running: dict[asyncio.Task, str] = {}
        self._door: deque[tuple[str, asyncio.Future]] = deque()
        self._state, self._idle = "open", asyncio.Event()
        self._idle.set()

    def _turn(self) -> None:
        """Begin and let in whatever may be begun and let in now."""
        while True:
            if self.ledger.waiting and len(self._running) < self._workers and self._state != "over":
                job = self.ledger.waiting.pop(0)
                task = asyncio.ensure_future(self._work(job))
                self._running[task] = job
                task.add_done_callback(self._ended)
            elif self._door and (self._state != "open" or len(self.ledger.waiting) < self._room):
                job, asked = self._door.popleft()
                if asked.done():
                    continue
                if self._state == "open":
                    self.ledger.waiting.append(job)
                    asked.set_result(None)
                else:
                    asked.set_exception(Closed(job))
            else:
                break
        if self._running or (self.ledger.waiting and self._state != "over"):
            self._idle.clear()
        else:
            self._idle.set()

    def _ended(self, task: asyncio.Task) -> None:
        job = self._running.pop(task)
        if task.cancelled():
            self.ledger.interrupted.append(job)
        elif task.exception():
            self.ledger.failed.append(job)
        else:
            self.ledger.done.append(job)
        self._turn()

    async def submit(self, job: str) -> None:
        """Accept a job as soon as there is room; raise Closed once the shutdown has begun."""
        asked = asyncio.get_running_loop().create_future()
        self._door.append((job, asked))
        self._turn()
        await asked

    async def shutdown(self, grace: float) -> Ledger:
        """Work off what was accepted for up to `grace` seconds, cancel the rest, and say where every job is."""
        self._state = "closing"
        self._turn()
        try:
            if not self._idle.is_set():
                async with asyncio.timeout(grace):
                    await self._idle.wait()
        except TimeoutError:
            pass
        finally:
            self._state = "over"
            for task in [*self._running]:
                task.cancel()
            self._turn()
            await self._idle.wait()
        return self.ledger
