import random

import answer
import pytest

from course.checks import inside


def seats(event: str, count: int) -> list[tuple[str, int]]:
    return [(event, number) for number in range(1, count + 1)]


def test_batches_are_full_but_for_the_last(rng: random.Random):
    """The seats of one event come in order, in full batches; the last one may be shorter."""
    size = rng.randrange(3, 9)
    rows = seats("E01", 4 * size + rng.randrange(1, size))
    expected = [rows[start : start + size] for start in range(0, len(rows), size)]
    assert list(answer.batches(rows, size)) == expected, "a seat that is left out cannot be sold"


def test_a_batch_holds_one_event(rng: random.Random):
    """A new event begins a new batch."""
    count = rng.randrange(1, 5)
    first, second = seats("E01", count), seats("E02", 2)
    assert list(answer.batches([*first, *second], 10)) == [first, second], "one transaction, one event"


def test_no_batch_is_empty(rng: random.Random):
    """A plan without rows has no batches, and one that fits exactly has no empty one at its end."""
    assert list(answer.batches([], 3)) == []
    size = rng.randrange(2, 6)
    rows = seats("E01", 2 * size)
    assert list(answer.batches(rows, size)) == [rows[:size], rows[size:]], "an empty batch is a transaction for nothing"


@pytest.mark.parametrize("size", [0, -3])
def test_a_size_below_one_is_refused_at_the_call(size: int):
    """A batch of less than one row raises ValueError where it is asked for, before any batch is."""
    with pytest.raises(ValueError):
        answer.batches([("E01", 1)], size)


def test_nothing_is_read_before_the_first_batch_is_asked_for():
    """Making the batches reads no row."""
    asked = []

    def pull():
        asked.append("row")

    batches = answer.batches(inside("feed", pull), 3)
    assert asked == [], "the feed may not be connected yet"
    assert list(batches) == []


def test_a_generator_is_enough(rng: random.Random):
    """The rows may come from a generator, which can be read once."""
    rows = seats("E01", rng.randrange(5, 8))
    source = iter(rows)
    feed = inside("feed", lambda: next(source, None))
    assert list(answer.batches(feed, 4)) == [rows[:4], rows[4:]]
