"""A queue that calls what is in it, and the error for a future in the wrong state."""

from collections import deque


class InvalidState(Exception):
    """The result is not there yet, or was there already."""


class Loop:
    """Calls what is in its queue, turn by turn."""

    def __init__(self):
        self.ready = deque()

    def call_soon(self, callback, *args):
        self.ready.append((callback, args))

    def turn(self):
        """Call what is ready now; what that adds waits for the next turn."""
        for _ in range(len(self.ready)):
            callback, args = self.ready.popleft()
            callback(*args)
