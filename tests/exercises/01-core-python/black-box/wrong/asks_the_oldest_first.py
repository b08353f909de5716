# Asks for the oldest key first: each miss throws the next one out.
# fails: test_the_example, test_the_capacity_of_a_cache_that_looks_at_use, test_the_capacity_of_a_cache_that_does_not, test_who_goes_first, test_a_large_cache_within_5000_lookups, test_the_smallest_cache, test_a_power_of_two, test_a_library_in_use, test_any_library
# says: capacity=0
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
        capacity = sum(1 for _ in filter(hit, keys))
    oldest, *others = islice(fresh, capacity or 1)
    for key in (oldest, *others, oldest, next(fresh)):
        lookup(key)
    policy = "lru" if hit(oldest) else "fifo"
    return Findings(capacity, policy, twice(f"missing-{mark}"), twice(f"down-{mark}"))
