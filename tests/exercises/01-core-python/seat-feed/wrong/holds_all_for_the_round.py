# Takes hold of every page before it calls the first.
# fails: test_a_page_that_closed_before_its_turn_is_not_called
# says: their customers have left
# exercise: core.seat-feed
from collections import deque
from collections.abc import Callable
from inspect import ismethod
from weakref import WeakMethod


class SeatFeed:
    """Tells listeners of changes; pages may come and go."""

    def __init__(self) -> None:
        self._entries: list[Callable[[], Callable[[object], object] | None]] = []
        self._failures: deque[str] = deque(maxlen=20)

    def subscribe(self, listener: Callable[[object], object]) -> None:
        self._entries.append(WeakMethod(listener) if ismethod(listener) else lambda: listener)

    def unsubscribe(self, listener: Callable[[object], object]) -> None:
        same = [entry() == listener for entry in self._entries]
        del self._entries[same.index(True)]

    def publish(self, change: object) -> int:
        told = 0
        for listener in [listener for entry in self._entries if (listener := entry()) is not None]:
            try:
                listener(change)
                told += 1
            except Exception as error:
                self._failures.append(f"{type(error).__name__}: {error}")
        self._entries = [entry for entry in self._entries if entry() is not None]
        return told

    def report(self) -> list[str]:
        return [*self._failures]
