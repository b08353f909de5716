# Takes everything that has a __self__ for a page's method: a list's append is refused.
# fails: test_open_pages_hear_of_every_change, test_a_closed_page_is_gone, test_a_function_stays_until_it_is_unsubscribed, test_a_page_that_fails_does_not_stop_the_others, test_the_last_twenty_failures_are_reported, test_nothing_of_a_failed_call_is_kept, test_who_is_unsubscribed_hears_nothing, test_an_error_behind_an_error_is_let_go_too, test_equal_pages_are_two_pages
# says: bound method
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
        self._entries.append(WeakMethod(listener) if hasattr(listener, "__self__") else lambda: listener)

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
                self._failures.append(f"{type(error).__name__}: {error}")
            del listener
        self._entries = [entry for entry in self._entries if entry() is not None]
        return told

    def report(self) -> list[str]:
        return [*self._failures]
