# Brings a stranger in without using the oldest before: the oldest goes in any case.
# fails: test_who_goes_first, test_a_large_cache_within_5000_lookups, test_the_smallest_cache, test_any_library
# says: used once
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
        capacity = sum(1 for _ in takewhile(hit, reversed(keys)))
    oldest, *others = islice(fresh, capacity)
    for key in (oldest, *others, next(fresh)):
        lookup(key)
    policy = "lru" if hit(oldest) else "fifo"
    return Findings(capacity, policy, twice(f"missing-{mark}"), twice(f"down-{mark}"))
