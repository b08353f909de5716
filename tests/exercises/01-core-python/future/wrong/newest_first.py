# Wakes those first who came last.
# fails: test_the_loop_calls_back
# says: Callbacks get the future, in the order in which they were
# exercise: core.future
class Future:
    """An answer that is not there yet: it can be settled once, asked, and awaited."""

    def __init__(self, loop):
        self._loop, self._callbacks = loop, []
        self._state, self._outcome = "pending", None

    def done(self):
        return self._state != "pending"

    def result(self):
        if not self.done():
            raise InvalidState("there is no result yet")
        if self._state == "failed":
            raise self._outcome
        return self._outcome

    def set_result(self, value):
        self._settle("settled", value)

    def set_exception(self, error):
        self._settle("failed", error)

    def _settle(self, state, outcome):
        if self.done():
            raise InvalidState("it was settled before")
        self._state, self._outcome = state, outcome
        for callback in self._callbacks:
            self._loop.call_soon(callback, self)

    def add_done_callback(self, callback):
        if self.done():
            self._loop.call_soon(callback, self)
        else:
            self._callbacks.insert(0, callback)

    def __await__(self):
        while not self.done():
            yield self
        return self.result()
