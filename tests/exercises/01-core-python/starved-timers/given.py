"""A timer, and a network with a clock that stands in for the selector. All times are in milliseconds."""


class Timer:
    """A call that is due at a moment, unless somebody cancels it."""

    def __init__(self, when, callback, args):
        self.when, self.callback, self.args, self.cancelled = when, callback, args, False

    def cancel(self):
        self.cancelled = True


class Network:
    """Has a clock, and calls that arrive at known moments."""

    def __init__(self, arrivals=()):
        self.now, self.arrivals = 0, sorted(arrivals, key=lambda arrival: arrival[0])

    def time(self):
        return self.now

    def expecting(self):
        """Say whether anything will still arrive."""
        return bool(self.arrivals)

    def poll(self, timeout):
        """Sleep until something has arrived, at most `timeout` ms, for ever if None; return the callbacks that arrived."""
        if timeout is not None and timeout < 0:
            raise ValueError(f"poll({timeout}) would sleep for ever")
        if timeout is None and not self.arrivals:
            raise RuntimeError("poll(None), and nothing will ever arrive")
        first = self.arrivals[0][0] if self.arrivals else float("inf")
        self.now = max(self.now, first if timeout is None else min(first, self.now + timeout))
        arrived = [callback for moment, callback in self.arrivals if moment <= self.now]
        del self.arrivals[: len(arrived)]
        return arrived
