# Plans in whole seconds since 1970, in a heap whose entries are dropped when they are out of date.
# exercise: core.doors-open
import heapq
from datetime import datetime


class Doors:
    """Opens the doors of shows: `add` when a show is listed, `due` at every poll."""

    def __init__(self):
        self._heap, self._valid = [], {}

    def add(self, show, starts, minutes):
        """Plan the doors so many minutes before the show and return their opening, a local time of the show's zone."""
        if starts.utcoffset() is None:
            raise ValueError("a zone is wanted")
        seconds = int(starts.timestamp())
        if str(datetime.fromtimestamp(seconds, starts.tzinfo))[:19] != str(starts)[:19]:
            raise ValueError("this time does not exist")
        self._valid[show] = seconds - 60 * minutes
        heapq.heappush(self._heap, (self._valid[show], show))
        return datetime.fromtimestamp(self._valid[show], starts.tzinfo)

    def due(self, now):
        """Return the shows whose doors are to be opened, each once."""
        if now.utcoffset() is None:
            raise ValueError("a zone is wanted")
        opened = []
        while self._heap and self._heap[0][0] <= now.timestamp():
            at, show = heapq.heappop(self._heap)
            if self._valid.get(show) == at:
                opened.append(show)
                del self._valid[show]
        return opened
