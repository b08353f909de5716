# Sleeps for cancelled timers, and does not call them.
# fails: test_nobody_waits_for_a_cancelled_timer, test_any_evening
# says: the hold was paid for: its timer is nobody's business, and
# exercise: core.starved-timers
from collections import deque


class Loop:
    """Calls what is ready, what arrives and what is due, turn by turn."""

    def __init__(self, network):
        self.network = network
        self.ready, self.timers, self.errors = deque(), [], []

    def call_soon(self, callback, *args):
        """Have something called in the next turn."""
        self.ready.append((callback, args))

    def call_later(self, ms, callback, *args):
        """Have something called after so many milliseconds; return the timer, which can be cancelled."""
        timer = Timer(self.network.time() + ms, callback, args)
        self.timers.append(timer)
        self.timers.sort(key=lambda each: each.when)
        return timer

    def run(self):
        """Go on, turn by turn, until there is nothing left to do."""
        while self.ready or self._coming() or self.network.expecting():
            self._collect()
            for _ in range(len(self.ready)):
                callback, args = self.ready.popleft()
                try:
                    callback(*args)
                except Exception as error:
                    self.errors.append(error)

    def _coming(self):
        self.timers = list(self.timers)
        return self.timers

    def _collect(self):
        timeout = None
        if self.ready:
            timeout = 0
        elif self._coming():
            timeout = max(0, self.timers[0].when - self.network.time())
        for callback in self.network.poll(timeout):
            self.call_soon(callback)
        while self.timers and self.timers[0].when <= self.network.time():
            self.call_soon(self._ring, self.timers.pop(0))

    def _ring(self, timer):
        if not timer.cancelled:
            timer.callback(*timer.args)
