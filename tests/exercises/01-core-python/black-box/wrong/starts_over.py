# Tries one size after the other with fresh keys: exact, and too many lookups for a large cache.
# fails: test_a_large_cache_within_5000_lookups
# says: blocked
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

    size = 1
    while True:
        keys = list(islice(fresh, size + 1))
        for key in keys:
            lookup(key)
        if not hit(keys[0]):
            break
        size += 1
    capacity = size
    oldest, *others = islice(fresh, capacity)
    for key in (oldest, *others, oldest, next(fresh)):
        lookup(key)
    policy = "lru" if hit(oldest) else "fifo"
    return Findings(capacity, policy, twice(f"missing-{mark}"), twice(f"down-{mark}"))
