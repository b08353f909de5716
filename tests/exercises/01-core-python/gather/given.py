"""The loop of the topic, with a clock in milliseconds that moves when nobody has anything to do."""

import heapq
from collections import deque
from itertools import count


class Cancelled(BaseException):
    """Thrown into a coroutine that is to stop."""


class Future:
    """An answer that is not there yet. Settle it with set_result or set_exception, once."""

    def __init__(self, loop):
        self.loop, self.outcome, self.callbacks = loop, None, []

    def done(self):
        return self.outcome is not None

    def exception(self):
        """Return the error that this future ended with, None if it ended well; it has to be done."""
        return self.outcome[1]

    def result(self):
        if self.outcome[1] is not None:
            raise self.outcome[1]
        return self.outcome[0]

    def set_result(self, value):
        self._settle(value, None)

    def set_exception(self, error):
        self._settle(None, error)

    def _settle(self, value, error):
        if self.done():
            raise RuntimeError("this future was settled before")
        self.outcome = value, error
        for callback in self.callbacks:
            self.loop.call_soon(callback, self)

    def add_done_callback(self, callback):
        """Have the loop call `callback(future)` once this is done."""
        if self.done():
            self.loop.call_soon(callback, self)
        else:
            self.callbacks.append(callback)

    def __await__(self):
        if not self.done():
            yield self
        return self.result()


class Task(Future):
    """Drives a coroutine; its result is what the coroutine returns, its error what it raises, Cancelled included."""

    def __init__(self, loop, coroutine):
        super().__init__(loop)
        self.coroutine, self.waits_for, self.steps = coroutine, None, 0
        loop.call_soon(self._step)

    def cancel(self):
        """Throw Cancelled into the coroutine, in the next turn, wherever it waits by then."""
        self.loop.call_soon(self._step, Cancelled())

    def _wake(self, future):
        if future is self.waits_for:
            self._step()

    def _step(self, error=None):
        if self.done():
            return
        self.steps += 1
        try:
            self.waits_for = self.coroutine.throw(error) if error else self.coroutine.send(None)
        except StopIteration as end:
            self.set_result(end.value)
        except (Exception, Cancelled) as error:
            self.set_exception(error)
        else:
            self.waits_for.add_done_callback(self._wake)


class Loop:
    """Calls what is ready; when nothing is, moves the clock to the next timer."""

    def __init__(self):
        self.now, self.ready, self.timers, self.order = 0, deque(), [], count()

    def time(self):
        return self.now

    def call_soon(self, callback, *args):
        self.ready.append((callback, args))

    def call_later(self, ms, callback, *args):
        heapq.heappush(self.timers, (self.now + ms, next(self.order), callback, args))

    def create_future(self):
        return Future(self)

    def create_task(self, coroutine):
        return Task(self, coroutine)

    def run_until_complete(self, coroutine):
        task = self.create_task(coroutine)
        while not task.done():
            if not self.ready and not self.timers:
                raise RuntimeError("everybody waits, and nothing can ever happen")
            if not self.ready:
                self.now = self.timers[0][0]
            while self.timers and self.timers[0][0] <= self.now:
                _, _, callback, args = heapq.heappop(self.timers)
                self.call_soon(callback, *args)
            for _ in range(len(self.ready)):
                callback, args = self.ready.popleft()
                callback(*args)
        return task.result()


async def sleep(loop, ms):
    """Wait for so many milliseconds of the loop's clock."""
    due = loop.create_future()
    loop.call_later(ms, due.set_result, None)
    await due
