"""What the checks of core.lost-orders arrange beside the answer: a feed and a bank on a clock that jumps."""

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


def night(feed, bank, workers=None, feed_ends=None, cancel_at=None):
    """Settle orders on a stepped loop. Return what came of it, and a log of (time, what, order).

    `feed`: pairs of the seconds until the next order comes, and its number. `bank`: for each order the seconds that its
    payment takes, and "" or the message of the failure it ends with. `feed_ends`: the message of the failure that ends
    the feed. A cancelled payment takes two seconds to clean up.
    """
    loop, log = StepLoop(), []

    def note(what, order):
        log.append((round(loop.now, 6), what, order))

    class Orders:
        left = iter(feed)

        def __aiter__(self):
            return self

        async def __anext__(self):
            for pause, order in self.left:
                await asyncio.sleep(pause)
                note("read", order)
                return order
            if feed_ends is not None:
                raise OSError(feed_ends)
            raise StopAsyncIteration

    async def pay(order):
        seconds, failure = bank[order]
        note("begin", order)
        try:
            await asyncio.sleep(seconds)
        except asyncio.CancelledError:
            note("cancelled", order)
            await asyncio.sleep(2)
            note("cleaned up", order)
            raise
        note("end", order)
        if failure:
            raise ConnectionError(failure)
        return f"receipt {order}"

    async def main():
        more = {} if workers is None else {"workers": workers}
        settling = asyncio.ensure_future(answer.settle_all(Orders(), pay, **more))
        if cancel_at is not None:
            loop.call_later(cancel_at, settling.cancel)
        try:
            given = await settling
        except (Exception, asyncio.CancelledError) as error:
            return {"raised": f"{type(error).__name__}: {error}".removesuffix(": "), "paid": None, "failed": None}
        failed = {order: f"{type(error).__name__}: {error}" for order, error in given.failed.items()}
        return {"raised": "", "paid": dict(given.paid), "failed": failed}

    try:
        result = loop.run_until_complete(main())
    except Stuck:
        result = {"raised": "every task waits for another, for ever", "paid": None, "failed": None}
    return result | {"log": log, "at": round(loop.now, 6), "left": len(asyncio.all_tasks(loop))}
