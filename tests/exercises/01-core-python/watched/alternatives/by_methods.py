# An object with send, throw and close instead of a generator.
# exercise: core.watched
import types
from collections.abc import Callable, Generator


class _Watch(Generator):
    def __init__(self, coroutine, clock, limit, report):
        self.coroutine, self.clock, self.limit, self.report = coroutine, clock, limit, report
        self.place = "start"

    def __await__(self):
        return self

    def innermost(self):
        names, at = [], self.coroutine
        while isinstance(at, types.CoroutineType):
            names.append(at.__name__)
            at = at.cr_await
        return names.pop()

    def step(self, resume, *given):
        began, before, self.place = self.clock(), self.place, "end"
        try:
            got = resume(*given)
            self.place = self.innermost()
            return got
        finally:
            took = self.clock() - began
            if took > self.limit:
                self.report(before, self.place, took)

    def send(self, value):
        return self.step(self.coroutine.send, value)

    def throw(self, kind, value=None, trace=None):
        return self.step(self.coroutine.throw, kind if value is None else value)


def watched(coroutine: types.CoroutineType, clock: Callable[[], int], limit: int, report: Callable[[str, str, int], None]):
    return _Watch(coroutine, clock, limit, report)
