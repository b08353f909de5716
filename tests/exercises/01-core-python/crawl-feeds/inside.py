"""What the checks of core.crawl-feeds arrange beside the answer: partners on a clock that jumps."""

import asyncio

import answer

KINDS = {"ConnectionError": ConnectionError, "ValueError": ValueError, "TimeoutError": TimeoutError}


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


def night(script, limit, cancel_at=None):
    """Crawl partners on a stepped loop. Return what came of it, and a log of (time, what, place).

    `script`: for each partner its name, the seconds it takes, what it ends with (a number, or the name of an
    exception) and the seconds that its clean-up takes when it is cancelled.
    """
    loop, log, places = StepLoop(), [], []

    def note(what, place):
        log.append((round(loop.now, 6), what, place))

    def partners():
        for place, (name, *_) in enumerate(script):
            note("read", place)
            places.append(place)
            yield name

    async def fetch(name):
        place = next((p for p in places if script[p][0] == name), None)
        if place is None:
            raise LookupError(f"{name!r} was not read from the partners, or is fetched twice")
        places.remove(place)
        _, seconds, end, clean_up = script[place]
        note("begin", place)
        try:
            await asyncio.sleep(seconds)
        except asyncio.CancelledError:
            note("cancelled", place)
            await asyncio.sleep(clean_up)
            note("cleaned up", place)
            raise
        note("end", place)
        if end == "Fatal":
            raise answer.Fatal(name)
        if isinstance(end, str):
            raise KINDS[end](name)
        return end

    async def main():
        crawling = asyncio.ensure_future(answer.crawl(partners(), fetch, limit))
        if cancel_at is not None:
            loop.call_later(cancel_at, crawling.cancel)
        try:
            given = await crawling
            return {"raised": "", "given": [told(x) for x in given] if isinstance(given, list) else told(given)}
        except (Exception, asyncio.CancelledError) as error:
            return {"raised": type(error).__name__, "given": None}

    try:
        result = loop.run_until_complete(main())
    except Stuck:
        result = {"raised": "every task waits for another, for ever", "given": None}
    return result | {"log": log, "at": round(loop.now, 6), "left": len(asyncio.all_tasks(loop))}


def told(value):
    """Return a number as it is, an exception as its name and message, anything else as text."""
    if isinstance(value, BaseException):
        return f"{type(value).__name__}: {value}"
    return value if type(value) is int else repr(value)
