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


def night(what):
    """Settle orders on a stepped loop. Return how it ended, what came of it, and a log of (time, what, order).

    `what` holds "orders", and in seconds what one of them "comes after" and "takes to pay", each a number or one for each
    order; if given also "workers", "refused" (a message by order), "then the feed raises" (a message), and "cancelled at".
    A cancelled payment takes two seconds to clean up.
    """
    loop, log, numbers = StepLoop(), [], what["orders"]
    pauses, takes = (
        each if isinstance(each, list) else [each] * len(numbers)
        for each in (what["comes after"], what["takes to pay"])
    )
    seconds = dict(zip(numbers, takes, strict=True))

    def note(event, order):
        log.append((round(loop.now, 6), event, order))

    class Orders:
        left = iter(zip(pauses, numbers, strict=True))

        def __aiter__(self):
            return self

        async def __anext__(self):
            for pause, order in self.left:
                await asyncio.sleep(pause)
                note("read", order)
                return order
            if "then the feed raises" in what:
                raise OSError(what["then the feed raises"])
            raise StopAsyncIteration

    async def pay(order):
        note("begin", order)
        try:
            await asyncio.sleep(seconds[order])
        except asyncio.CancelledError:
            note("cancelled", order)
            await asyncio.sleep(2)
            note("cleaned up", order)
            raise
        note("end", order)
        if order in what.get("refused", {}):
            raise ConnectionError(what["refused"][order])
        return f"receipt {order}"

    async def main():
        more = {"workers": what["workers"]} if "workers" in what else {}
        settling = asyncio.ensure_future(answer.settle_all(Orders(), pay, **more))
        if "cancelled at" in what:
            loop.call_later(what["cancelled at"], settling.cancel)
        try:
            given = await settling
        except (Exception, asyncio.CancelledError) as error:
            return {"ends": f"raises {type(error).__name__}: {error}".removesuffix(": "), "paid": None, "failed": None}
        failed = {order: f"{type(error).__name__}: {error}" for order, error in given.failed.items()}
        return {"ends": "returns", "paid": dict(given.paid), "failed": failed}

    try:
        result = loop.run_until_complete(main())
    except Stuck:
        result = {"ends": "hangs: every task waits for another", "paid": None, "failed": None}
    return result | {"log": log, "at": round(loop.now, 6), "left": len(asyncio.all_tasks(loop))}
