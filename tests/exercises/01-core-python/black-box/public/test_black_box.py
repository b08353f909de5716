import random

import answer
import pytest
from given import Box, Findings


def explored(box: Box) -> Findings:
    return answer.explore(box.lookup, box.sent)


def test_the_example():
    """A first-in-first-out cache of 40 results that keeps absences and no failures."""
    found = explored(Box(capacity=40, policy="fifo", keeps_none=True, keeps_errors=False))
    assert found == Findings(capacity=40, policy="fifo", keeps_none=True, keeps_errors=False)


@pytest.mark.points(2)
def test_the_capacity_of_a_cache_that_looks_at_use(rng: random.Random):
    """The number of results that a least-recently-used cache holds."""
    for capacity in (rng.randrange(17, 32), rng.randrange(33, 60)):
        assert explored(Box(capacity, "lru", False, False)).capacity == capacity, "each question changes the order"


def test_the_capacity_of_a_cache_that_does_not(rng: random.Random):
    """The number of results that a first-in-first-out cache holds."""
    for capacity in (rng.randrange(17, 32), rng.randrange(33, 60)):
        assert explored(Box(capacity, "fifo", True, True)).capacity == capacity


@pytest.mark.points(2)
def test_who_goes_first(rng: random.Random):
    """Whether use keeps a result in."""
    for policy in rng.sample(["lru", "fifo"], 2):
        assert explored(Box(rng.randrange(8, 30), policy, True, False)).policy == policy, (
            "what is used must be used once"
        )


def test_absences(rng: random.Random):
    """Whether a None costs a request each time."""
    for keeps in rng.sample([True, False], 2):
        found = explored(Box(rng.randrange(8, 30), "lru", keeps, not keeps)).keeps_none
        assert found is keeps, "None from the cache looks like None from the partner: only `sent` can tell"


def test_failures(rng: random.Random):
    """Whether a failure is repeated without asking the partner again."""
    for keeps in rng.sample([True, False], 2):
        found = explored(Box(rng.randrange(8, 30), "fifo", not keeps, keeps)).keeps_errors
        assert found is keeps, "a kept failure outlives the trouble"
