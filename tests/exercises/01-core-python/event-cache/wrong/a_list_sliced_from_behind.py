# Keeps a list and cuts it with [-keep:], which is the whole list for 0.
# fails: test_a_cache_that_keeps_nothing_still_shares, test_any_night
# says: keeps nothing
# exercise: core.event-cache
from weakref import WeakValueDictionary


class EventCache:
    """Events by key: shared while somebody holds them, and the last `keep` that were used."""

    def __init__(self, load, keep):
        self._load, self._keep = load, keep
        self._alive, self._last = WeakValueDictionary(), []

    def get(self, key):
        event = self._alive.get(key)
        if event is None:
            event = self._alive[key] = self._load(key)
        others = [(name, other) for name, other in self._last if name != key]
        self._last = [*others, (key, event)][-self._keep :]
        return event

    def forget(self, key):
        self._alive.pop(key, None)
        self._last = [(name, other) for name, other in self._last if name != key]

    def __len__(self):
        return len(self._alive)
