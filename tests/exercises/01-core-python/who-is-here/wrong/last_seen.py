# Remembers when each customer was seen last, and how often ever.
# fails: test_the_example, test_any_evening
# says: left a minute ago
# exercise: core.who-is-here
from collections import Counter
from collections.abc import Callable


class Window:
    """The sightings of the last `seconds`, by a clock that gives seconds."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds, self._clock = seconds, clock
        self._last: dict[str, float] = {}
        self._counts: Counter[str] = Counter()
        self._total = 0

    def see(self, customer: str) -> None:
        """Note a sighting, now."""
        self._last.pop(customer, None)
        self._last[customer] = self._clock()
        self._counts[customer] += 1
        self._total += 1

    def _forget(self) -> None:
        oldest = self._clock() - self._seconds
        while self._last and self._last[first := next(iter(self._last))] <= oldest:
            del self._last[first]
            self._total -= self._counts.pop(first)

    def total(self) -> int:
        """Return the number of sightings in the window."""
        self._forget()
        return self._total

    def customers(self) -> int:
        """Return the number of different customers in the window."""
        self._forget()
        return len(self._last)

    def busiest(self, n: int) -> list[tuple[str, int]]:
        """Return the n customers seen most often, with their counts; equal counts by name."""
        self._forget()
        return sorted(self._counts.items(), key=lambda item: (-item[1], item[0]))[:n]
