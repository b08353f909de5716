# Keeps timers in a heap, and sorts a turn's calls into a list of functions.
# exercise: core.starved-timers
import heapq
from collections import deque
from functools import partial
from itertools import count


class Loop:
    """Calls what is ready, what arrives and what is due, turn by turn."""

    def __init__(self, network):
        self.network, self.numbers = network, count()
        self.ready, self.timers, self.errors = deque(), [], []

    def call_soon(self, callback, *args):
        self.ready.append(partial(callback, *args))

    def call_later(self, ms, callback, *args):
        timer = Timer(self.network.time() + ms, callback, args)
        heapq.heappush(self.timers, (timer.when, next(self.numbers), timer))
        return timer

    def next_moment(self):
        while self.timers and self.timers[0][2].cancelled:
            heapq.heappop(self.timers)
        return self.timers[0][0] if self.timers else None

    def due(self):
        while (moment := self.next_moment()) is not None and moment <= self.network.time():
            yield heapq.heappop(self.timers)[2]

    def attempt(self, call):
        try:
            call()
        except Exception as error:
            self.errors.append(error)

    def run(self):
        while True:
            moment = self.next_moment()
            if not self.ready and moment is None and not self.network.expecting():
                return
            timeout = 0 if self.ready else None if moment is None else max(moment - self.network.time(), 0)
            arrived = self.network.poll(timeout)
            turn, self.ready = [*self.ready, *arrived, *self.due()], []
            for each in turn:
                if not isinstance(each, Timer):
                    self.attempt(each)
                elif not each.cancelled:
                    self.attempt(partial(each.callback, *each.args))
