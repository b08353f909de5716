"""A library with a cache inside, and what there is to find out about it."""

from collections import OrderedDict
from dataclasses import dataclass


@dataclass(frozen=True)
class Findings:
    capacity: int
    policy: str  # "lru" or "fifo"
    keeps_none: bool
    keeps_errors: bool


class Box:
    """A partner's library, as one that you could ask for anything would look."""

    def __init__(self, capacity: int, policy: str, keeps_none: bool, keeps_errors: bool, used: tuple[str, ...] = ()):
        self._capacity, self._lru, self._kept = capacity, policy == "lru", OrderedDict()
        self._keeps = {"missing": keeps_none, "down": keeps_errors}
        self._sent = self._asked = 0
        for key in used:
            self._find(key)

    def lookup(self, key: str) -> int | None:
        """Return the price of a key in cents, None if it has none; raise ConnectionError if the partner fails."""
        self._asked += 1
        if self._asked > 5_000:
            raise PermissionError("blocked after 5,000 lookups")
        kind = self._find(key)
        if kind == "down":
            raise ConnectionError(f"no answer for {key}")
        return None if kind == "missing" else 9_500

    def sent(self) -> int:
        """Return how many requests went to the partner so far."""
        return self._sent

    def _find(self, key: str) -> str:
        kind = key.partition("-")[0]
        if key in self._kept:
            if self._lru:
                self._kept.move_to_end(key)
            return kind
        self._sent += 1
        if self._keeps.get(kind, True):
            self._kept[key] = kind
            if len(self._kept) > self._capacity:
                self._kept.popitem(last=False)
        return kind
