# Keeps plain weak references in one dict, each with a callback that checks whose entry it removes, and a list of the last.
# exercise: core.event-cache
import weakref


class EventCache:
    """Events by key: shared while somebody holds them, and the last `keep` that were used."""

    def __init__(self, load, keep):
        self.load, self.keep = load, keep
        self.watches, self.last = {}, []

    def get(self, key):
        event = self.watches[key]() if key in self.watches else None
        if event is None:
            event = self.load(key)
            self.watches[key] = weakref.ref(event, lambda watch: self._gone(key, watch))
        self.last = [entry for entry in self.last if entry[0] != key] + [(key, event)]
        self.last = self.last[len(self.last) - self.keep :] if len(self.last) > self.keep else self.last
        return event

    def _gone(self, key, watch):
        if self.watches.get(key) is watch:
            del self.watches[key]

    def forget(self, key):
        self.watches.pop(key, None)
        self.last = [entry for entry in self.last if entry[0] != key]

    def __len__(self):
        return len(self.watches)
