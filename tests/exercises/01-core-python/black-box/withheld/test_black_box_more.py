import random

import answer
import pytest
from given import Box, Findings


def explored(box: Box) -> Findings:
    return answer.explore(box.lookup, box.sent)


@pytest.mark.points(2)
@pytest.mark.parametrize("policy", ["lru", "fifo"])
def test_a_large_cache_within_5000_lookups(rng: random.Random, policy: str):
    """A cache of nearly 250 results is measured before the partner blocks the caller."""
    capacity = rng.randrange(240, 251)
    assert explored(Box(capacity, policy, True, True)) == Findings(capacity, policy, True, True)


def test_the_smallest_cache():
    """A cache of two results is measured like any other."""
    for policy in ("lru", "fifo"):
        assert explored(Box(2, policy, False, True)) == Findings(2, policy, False, True), "two places, one stranger"


def test_a_power_of_two(rng: random.Random):
    """A cache of 16 or 32 results, or one more or less, is measured exactly."""
    around = rng.choice([16, 32])
    for capacity in (around - 1, around, around + 1):
        assert explored(Box(capacity, "lru", True, False)).capacity == capacity


def test_a_library_in_use(rng: random.Random):
    """Results that others left in the cache do not count as the answer's own."""
    capacity = rng.randrange(50, 90)
    names = [
        f"{kind}{name}" for kind in ("missing-", "down-") for name in ("1", "0", "x", "a", "price", "E7", "key", "test")
    ]
    used = (*(f"E{n}" for n in range(capacity)), *(f"key-{n}" for n in range(20)), *names)
    found = explored(Box(capacity, "fifo", True, True, used))
    assert found == Findings(capacity, "fifo", True, True), "a key that somebody asked before is no experiment"


def test_any_library(rng: random.Random):
    """Twelve small libraries, each measured right in all four respects."""
    for capacity in rng.sample(range(2, 20), 12):
        is_like = capacity, rng.choice(["lru", "fifo"]), rng.random() < 0.5, rng.random() < 0.5
        assert explored(Box(*is_like)) == Findings(*is_like)
