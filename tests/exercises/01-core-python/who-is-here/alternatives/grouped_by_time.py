# Keeps one Counter for each moment of the clock, and a running total.
# exercise: core.who-is-here
from collections import Counter, OrderedDict
from collections.abc import Callable
from heapq import nsmallest


class Window:
    """The sightings of the last `seconds`, by a clock that gives seconds."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self.seconds, self.clock = seconds, clock
        self.moments: OrderedDict[float, Counter] = OrderedDict()
        self.here: dict[str, int] = {}
        self.number = 0

    def see(self, customer: str) -> None:
        """Note a sighting, now."""
        self.moments.setdefault(self.clock(), Counter())[customer] += 1
        self.here[customer] = self.here.get(customer, 0) + 1
        self.number += 1

    def tidy(self) -> None:
        now = self.clock()
        while self.moments and now - next(iter(self.moments)) >= self.seconds:
            _, gone = self.moments.popitem(last=False)
            self.number -= gone.total()
            for customer, times in gone.items():
                self.here[customer] -= times
                if self.here[customer] == 0:
                    self.here.pop(customer)

    def total(self) -> int:
        """Return the number of sightings in the window."""
        self.tidy()
        return self.number

    def customers(self) -> int:
        """Return the number of different customers in the window."""
        self.tidy()
        return len(self.here)

    def busiest(self, n: int) -> list[tuple[str, int]]:
        """Return the n customers seen most often, with their counts; equal counts by name."""
        self.tidy()
        return nsmallest(n, self.here.items(), key=lambda item: (-item[1], item[0]))
