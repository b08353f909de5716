# Keeps for each listener a weak reference to its page beside the plain function, or the listener itself.
# exercise: core.seat-feed
import traceback
import weakref
from types import MethodType


class SeatFeed:
    """Tells listeners of changes; pages may come and go."""

    def __init__(self):
        self.rows, self.lines = {}, []

    def subscribe(self, listener):
        if type(listener) is MethodType:
            row = weakref.ref(listener.__self__), listener.__func__
        else:
            row = None, listener
        self.rows[object()] = row

    def unsubscribe(self, listener):
        for mark, (page, function) in self.rows.items():
            if page is None:
                same = function == listener
            else:
                same = getattr(listener, "__func__", None) is function and listener.__self__ is page()
            if same:
                del self.rows[mark]
                return
        raise ValueError(f"{listener} is not subscribed")

    def publish(self, change):
        failed = 0
        gone = []
        for mark, (page, function) in self.rows.items():
            owner = page and page()
            if page and owner is None:
                gone.append(mark)
                failed += 1
                continue
            try:
                function(*([] if page is None else [owner]), change)
            except Exception as error:
                failed += 1
                text = traceback.TracebackException.from_exception(error)
                self.lines.append("".join(text.format_exception_only()).strip())
            owner = None
        told = len(self.rows) - failed
        for mark in [mark for mark, (page, _) in self.rows.items() if page and page() is None]:
            del self.rows[mark]
        return told

    def report(self):
        return self.lines[-20:]
