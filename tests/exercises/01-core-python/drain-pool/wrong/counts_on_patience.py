# Cancels nothing if shutdown itself is cancelled.
# fails: test_a_shutdown_that_is_cancelled
# says: no reason to lose jobs
# exercise: core.drain-pool
import asyncio
from collections.abc import Awaitable, Callable


class Pool:
    """Workers that do jobs, and can be told to stop without losing one."""

    def __init__(self, work: Callable[[str], Awaitable[None]], workers: int, room: int) -> None:
        """Start the workers; at most `room` accepted jobs wait for one."""
        self._closed = self._over = False
        self._work, self._room, self.ledger, self._changed = work, room, Ledger(), asyncio.Condition()
        self._workers = [asyncio.create_task(self._serve()) for _ in range(workers)]

    async def _serve(self) -> None:
        waiting = self.ledger.waiting
        while True:
            async with self._changed:
                await self._changed.wait_for(lambda: waiting or self._closed)
                if self._over or not waiting:
                    return
                job = waiting.pop(0)
                self._changed.notify_all()
            try:
                await self._work(job)
            except asyncio.CancelledError:
                self.ledger.interrupted.append(job)
            except Exception:
                self.ledger.failed.append(job)
            else:
                self.ledger.done.append(job)

    async def submit(self, job: str) -> None:
        """Accept a job as soon as there is room; raise Closed once the shutdown has begun."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._closed or len(self.ledger.waiting) < self._room)
            if self._closed:
                raise Closed(job)
            self.ledger.waiting.append(job)
            self._changed.notify_all()

    async def shutdown(self, grace: float) -> Ledger:
        """Work off what was accepted for up to `grace` seconds, cancel the rest, and say where every job is."""
        self._closed = True
        async with self._changed:
            self._changed.notify_all()
        await asyncio.wait(self._workers, timeout=grace)
        self._over = True
        for worker in self._workers:
            worker.cancel()
        await asyncio.wait(self._workers)
        return self.ledger
