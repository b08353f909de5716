# Keeps every sighting of the evening and looks through all of them.
# fails: test_the_number_of_customers_is_asked_thousands_of_times, test_a_long_evening_costs_what_a_short_one_does
# says: stopped
# exercise: core.who-is-here
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable


class Window:
    """The sightings of the last `seconds`, by a clock that gives seconds."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds, self._clock = seconds, clock
        self._times, self._who = [], []

    def see(self, customer: str) -> None:
        """Note a sighting, now."""
        self._times.append(self._clock())
        self._who.append(customer)

    def _here(self) -> Counter:
        oldest = self._clock() - self._seconds
        return Counter(who for at, who in zip(self._times, self._who) if at > oldest)

    def total(self) -> int:
        """Return the number of sightings in the window."""
        return len(self._times) - bisect_right(self._times, self._clock() - self._seconds)

    def customers(self) -> int:
        """Return the number of different customers in the window."""
        return len(self._here())

    def busiest(self, n: int) -> list[tuple[str, int]]:
        """Return the n customers seen most often, with their counts; equal counts by name."""
        return sorted(self._here().items(), key=lambda item: (-item[1], item[0]))[:n]
