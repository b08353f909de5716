# Looks for the capacity between two powers of two, and forgets the lower one.
# fails: test_a_power_of_two, test_the_smallest_cache, test_any_library
# says: measured exactly
# exercise: core.black-box
from collections.abc import Callable
from contextlib import suppress
from itertools import count, islice, takewhile
from uuid import uuid4


def explore(lookup: Callable[[str], int | None], sent: Callable[[], int]) -> Findings:
    """Measure a cache from outside, within 5,000 lookups."""
    mark = uuid4().hex
    fresh = (f"{mark}-{number}" for number in count())

    def hit(key: str) -> bool:
        before = sent()
        with suppress(ConnectionError):
            lookup(key)
        return sent() == before

    def twice(key: str) -> bool:
        hit(key)
        return hit(key)

    size = capacity = 1
    while capacity == size:
        size *= 2
        keys = list(islice(fresh, size))
        for key in keys:
            lookup(key)
        capacity = size if hit(keys[0]) else 0
    low, high = size // 2 + 1, size - 1
    while low < high:
        middle = (low + high + 1) // 2
        keys = list(islice(fresh, middle))
        for key in keys:
            lookup(key)
        low, high = (middle, high) if hit(keys[0]) else (low, middle - 1)
    capacity = low
    oldest, *others = islice(fresh, capacity)
    for key in (oldest, *others, oldest, next(fresh)):
        lookup(key)
    policy = "lru" if hit(oldest) else "fifo"
    return Findings(capacity, policy, twice(f"missing-{mark}"), twice(f"down-{mark}"))
