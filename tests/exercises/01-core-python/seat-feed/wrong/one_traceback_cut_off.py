# Keeps errors without their traceback; the errors behind them have theirs.
# fails: test_an_error_behind_an_error_is_let_go_too
# says: an error has a context
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
        for entry in self._entries:
            if (listener := entry()) is None:
                continue
            try:
                listener(change)
                told += 1
            except Exception as error:
                self._failures.append(error.with_traceback(None))
            del listener
        self._entries = [entry for entry in self._entries if entry() is not None]
        return told

    def report(self) -> list[str]:
        return [f"{type(error).__name__}: {error}" for error in self._failures]
