"""What the checks of core.drain-pool arrange beside the answer: jobs and a day on a clock that jumps."""

import asyncio

import answer


class Stuck(Exception):
    """Every task waits for another."""


class StepLoop(asyncio.BaseEventLoop):
    """An event loop without sockets, whose clock jumps to the next appointment."""

    def __init__(self):
        super().__init__()
        self.now, self._selector, self._timers = 0.0, self, 0

    def call_at(self, when, callback, *args, context=None):
        self._timers += 1  # appointments at one time are kept in the order in which they were made
        return super().call_at(when + self._timers * 1e-12, callback, *args, context=context)

    def time(self):
        return self.now

    def select(self, timeout):
        if timeout is None:
            raise Stuck
        self.now += timeout
        return []

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass


def day(jobs, events, workers, room):
    """Live through a day of a pool on a stepped loop.

    `jobs`: for each job the seconds it takes, what it ends with ("ok" or "error"), and what it does when it is
    cancelled: "stops", "stops late" (three seconds of clean-up), "finishes" (three seconds, and done), "fails" (an error
    of its own). `events`: (time, "submit", job), (time, "shut down", grace), (time, "cancel", name of a job or "").

    Return the log of (time, what, job), the ledger, what shutdown returned or raised, when, and how many tasks are left.
    """
    loop, log, shut, waiting = StepLoop(), [], {"at": None, "raised": "", "same": False}, {}

    def note(what, job):
        log.append((round(loop.now, 6), what, job))

    async def work(job):
        seconds, end, cancelled = jobs[job]
        note("begin", job)
        try:
            await asyncio.sleep(seconds)
        except asyncio.CancelledError:
            note("cancelled", job)
            if cancelled != "stops":
                await asyncio.sleep(3)
            note("stopped", job)
            if cancelled == "fails":
                raise OSError(f"{job}: could not clean up") from None
            if cancelled != "finishes":
                raise
            return
        note("end", job)
        if end == "error":
            raise ConnectionError(f"{job}: 503")

    async def submit(pool, job):
        try:
            given = await pool.submit(job)
            note("accepted" if given is None else f"accepted with {given!r}", job)
        except answer.Closed:
            note("refused", job)
        except asyncio.CancelledError:
            note("gave up", job)
        except Exception as error:
            note(f"raised {type(error).__name__}", job)

    async def shut_down(pool, grace):
        try:
            given = await pool.shutdown(grace)
            shut["same"] = given is pool.ledger
        except asyncio.CancelledError:
            shut["raised"] = "CancelledError"
        except Exception as error:
            shut["raised"] = f"{type(error).__name__}: {error}"
        shut["at"] = round(loop.now, 6)
        shut["left"] = len(asyncio.all_tasks()) - 2 - sum(not task.done() for task in waiting.values())

    async def main():
        pool, started = answer.Pool(work, workers, room), []
        for at, what, name in events:
            await asyncio.sleep(at - loop.now)
            if what == "submit":
                waiting[name] = asyncio.create_task(submit(pool, name))
            elif what == "shut down":
                started.append(asyncio.create_task(shut_down(pool, name)))
            else:
                (waiting[name] if name else started[-1]).cancel()
        if started:
            await started[-1]
        await asyncio.sleep(300)  # who is left over shows itself
        return pool.ledger

    ledger, stuck = None, False
    try:
        ledger = loop.run_until_complete(main())
    except Stuck:
        stuck = True
    lists = ("done", "failed", "interrupted", "waiting")
    shown = {name: list(getattr(ledger, name)) for name in lists} if ledger else {name: None for name in lists}
    return shown | {"log": log, "shut": shut, "stuck": stuck}
