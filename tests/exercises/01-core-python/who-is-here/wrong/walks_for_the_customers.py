# Makes a set of the window for each question.
# fails: test_the_number_of_customers_is_asked_thousands_of_times
# says: stopped
# exercise: core.who-is-here
from collections import Counter, deque
from collections.abc import Callable


class Window:
    """The sightings of the last `seconds`, by a clock that gives seconds."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds, self._clock = seconds, clock
        self._sightings: deque[tuple[float, str]] = deque()
        self._counts: Counter[str] = Counter()

    def see(self, customer: str) -> None:
        """Note a sighting, now."""
        self._sightings.append((self._clock(), customer))
        self._counts[customer] += 1
        self._forget()

    def total(self) -> int:
        """Return the number of sightings in the window."""
        self._forget()
        return len(self._sightings)

    def customers(self) -> int:
        """Return the number of different customers in the window."""
        self._forget()
        return len({customer for _, customer in self._sightings})

    def busiest(self, n: int) -> list[tuple[str, int]]:
        """Return the n customers seen most often, with their counts; equal counts by name."""
        self._forget()
        return sorted(self._counts.items(), key=lambda item: (-item[1], item[0]))[:n]

    def _forget(self) -> None:
        oldest = self._clock() - self._seconds
        while self._sightings and self._sightings[0][0] <= oldest:
            _, customer = self._sightings.popleft()
            self._counts[customer] -= 1
            if not self._counts[customer]:
                del self._counts[customer]
