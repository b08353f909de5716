# Keeps pages and functions apart, and calls the functions last.
# fails: test_listeners_are_called_in_their_order
# says: function
# exercise: core.seat-feed
from collections import deque
from inspect import ismethod
from weakref import WeakMethod


class SeatFeed:
    """Tells listeners of changes; pages may come and go."""

    def __init__(self):
        self._pages, self._others, self._failures = [], [], deque(maxlen=20)

    def subscribe(self, listener):
        if ismethod(listener):
            self._pages.append(WeakMethod(listener))
        else:
            self._others.append(listener)

    def unsubscribe(self, listener):
        if ismethod(listener):
            del self._pages[[page() == listener for page in self._pages].index(True)]
        else:
            self._others.remove(listener)

    def publish(self, change):
        told = 0
        for page in self._pages:
            told += self._tell(page(), change)
        for listener in self._others:
            told += self._tell(listener, change)
        self._pages = [page for page in self._pages if page() is not None]
        return told

    def _tell(self, listener, change):
        try:
            if listener is not None:
                listener(change)
        except Exception as error:
            self._failures.append(f"{type(error).__name__}: {error}")
            return False
        return listener is not None

    def report(self):
        return list(self._failures)
