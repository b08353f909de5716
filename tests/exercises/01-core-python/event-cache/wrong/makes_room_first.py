# Makes room for an event before it is loaded.
# fails: test_a_failed_load_changes_nothing
# says: takes nobody's place
# exercise: core.event-cache
from collections import OrderedDict
from collections.abc import Callable
from weakref import WeakValueDictionary


class EventCache:
    """Events by key: shared while somebody holds them, and the last `keep` that were used."""

    def __init__(self, load: Callable[[str], object], keep: int) -> None:
        self._load, self._keep = load, keep
        self._alive: WeakValueDictionary[str, object] = WeakValueDictionary()
        self._recent: OrderedDict[str, object] = OrderedDict()

    def get(self, key: str) -> object:
        """Return the one object for a key, loaded if it is not alive."""
        event = self._alive.get(key)
        if event is None:
            while self._recent and len(self._recent) >= self._keep:
                self._recent.popitem(last=False)
            event = self._alive[key] = self._load(key)
        self._recent[key] = event
        self._recent.move_to_end(key)
        if len(self._recent) > self._keep:
            self._recent.popitem(last=False)
        return event

    def forget(self, key: str) -> None:
        """Let the next `get` of a key load."""
        self._alive.pop(key, None)
        self._recent.pop(key, None)

    def __len__(self) -> int:
        """Return the number of keys whose event is alive."""
        return len(self._alive)
