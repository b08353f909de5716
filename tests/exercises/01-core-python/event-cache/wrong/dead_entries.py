# Keeps a dead reference for each key that was ever asked for, and does not count it.
# fails: test_keys_of_events_that_are_gone_are_gone
# says: a small leak
# exercise: core.event-cache
import weakref
from collections import OrderedDict


class EventCache:
    """Events by key: shared while somebody holds them, and the last `keep` that were used."""

    def __init__(self, load, keep):
        self._load, self._keep = load, keep
        self._watches, self._recent = {}, OrderedDict()

    def get(self, key):
        event = self._watches[key]() if key in self._watches else None
        if event is None:
            event = self._load(key)
            self._watches[key] = weakref.ref(event)
        self._recent[key] = event
        self._recent.move_to_end(key)
        if len(self._recent) > self._keep:
            self._recent.popitem(last=False)
        return event

    def forget(self, key):
        self._watches.pop(key, None)
        self._recent.pop(key, None)

    def __len__(self):
        return sum(watch() is not None for watch in self._watches.values())
