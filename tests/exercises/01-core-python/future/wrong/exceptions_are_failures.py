# Raises an exception that was handed over as a value.
# fails: test_any_value_is_a_result
# says: None, nothing, and an exception that is handed over as a
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
        if isinstance(self._outcome, Exception):
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
            self._callbacks.append(callback)

    def __await__(self):
        while not self.done():
            yield self
        return self.result()
