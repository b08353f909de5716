# Builds on collections.abc.Sequence: a list, a frozenset and its index().
# exercise: core.seat-map
from collections.abc import Sequence


class SeatMap(Sequence):
    """The seats of a house in house order, immutable: SeatMap(["A1", "A2"])."""

    def __init__(self, labels):
        self._order = [*labels]
        self._known = frozenset(self._order)
        for label in self._known if len(self._known) < len(self._order) else ():
            if self._order.count(label) > 1:
                raise ValueError(f"two seats are called {label}")

    def __len__(self):
        return len(self._order)

    def __bool__(self):
        return True

    def __contains__(self, label):
        try:
            return label in self._known
        except TypeError:
            return False

    def __getitem__(self, key):
        if isinstance(key, slice):
            return SeatMap(self._order[at] for at in range(*key.indices(len(self))))
        if isinstance(key, str):
            if key not in self:
                raise KeyError(key)
            return self.index(key)
        return self._order[key]

    def __eq__(self, other):
        return type(other) is SeatMap and list(self) == list(other)

    def __hash__(self):
        return hash("/".join(self._order))
