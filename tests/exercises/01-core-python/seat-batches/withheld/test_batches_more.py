import random

import answer
import pytest

from course.checks import inside


def test_a_full_batch_does_not_wait_for_another_row(rng: random.Random):
    """A batch that is full is given out before another row is read; a live feed may be silent for minutes."""
    size = rng.randrange(2, 6)
    read = []

    def pull():
        if len(read) == 10 * size:
            return None
        read.append(("E01", len(read) + 1))
        return read[-1]

    batches = answer.batches(inside("feed", pull), size)
    for number in (1, 2, 3):
        assert next(batches) == [("E01", size * (number - 1) + seat) for seat in range(1, size + 1)]
        assert len(read) == number * size, "a full batch waits for nobody"


def test_an_event_that_comes_back_begins_a_new_batch():
    """Rows keep their order: an event that comes back later does not join its earlier batch."""
    rows = [("E01", 1), ("E02", 1), ("E01", 2), ("E01", 3), ("E02", 2)]
    expected = [[("E01", 1)], [("E02", 1)], [("E01", 2), ("E01", 3)], [("E02", 2)]]
    assert list(answer.batches(rows, 5)) == expected, "a plan is applied in its own order"


def test_every_batch_is_a_list_of_its_own(rng: random.Random):
    """Batches that are kept stay as they were given, and one that is emptied harms no other."""
    rows = [("E01", number) for number in range(rng.randrange(7, 9))]
    expected = [rows[:3], rows[3:6], rows[6:]]
    assert inside(list, answer.batches(rows, 3)) == expected, "kept batches must not change afterwards"
    assert inside("emptied", rows, 3) == expected


def by_hand(rows: list[tuple[str, int]], size: int) -> list[list[tuple[str, int]]]:
    found: list[list[tuple[str, int]]] = []
    for row in rows:
        if found and len(found[-1]) < size and found[-1][0][0] == row[0]:
            found[-1].append(row)
        else:
            found.append([row])
    return found


@pytest.mark.points(2)
def test_any_plan_and_any_size(rng: random.Random):
    """Whatever the order of events, no row is lost, moved or put beside another event."""
    for _ in range(20):
        rows = [(rng.choice(["E01", "E02"]), number) for number in range(rng.randrange(25))]
        size = rng.randrange(1, 5)
        assert list(answer.batches(rows, size)) == by_hand(rows, size)
