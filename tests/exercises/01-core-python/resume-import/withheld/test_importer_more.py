import random

import answer
import pytest

from course.checks import inside


class Import:
    """An importer over some rows, with what it has read and saved."""

    def __init__(self, rows: list[str], done: int = 0, size: int = 100) -> None:
        self.read, self.saved = 0, []
        self.rows = rows
        self.batches = answer.importer(inside("feed", lambda: self.pull()), lambda n: self.saved.append(n), done, size)

    def pull(self) -> str | None:
        self.read += 1
        if self.read <= len(self.rows) and self.rows[self.read - 1] == "lost":
            raise ConnectionError("the promoter hung up")
        return self.rows[self.read - 1] if self.read <= len(self.rows) else None

    def busy(self) -> list[str]:
        return inside("busy", self.batches)


def rows(count: int) -> list[str]:
    return [f"E01,{number},4500" for number in range(1, count + 1)]


def test_batches_grow_back_to_their_size():
    """Each batch that is written doubles the next one's limit, up to the size and no further."""
    running = Import(rows(40), size=8)
    sizes = [len(next(running.batches)), len(running.busy()), len(running.busy()), len(running.busy())]
    sizes += [len(next(running.batches)) for _ in range(5)]
    assert sizes == [8, 4, 2, 1, 2, 4, 8, 8, 8], "a busy minute must not slow down the whole night"


def test_half_of_a_batch_is_half_of_what_was_refused():
    """A last batch that is short is halved by its own length, rounded down."""
    plan = rows(13)
    running = Import(plan, size=8)
    assert [next(running.batches), next(running.batches)] == [plan[:8], plan[8:]]
    assert running.busy() == plan[8:10], "five rows were refused: the same five would be, too"
    assert next(running.batches) == plan[10:]


def test_one_row_that_is_refused_ends_the_import():
    """When a batch of one row is refused, Busy reaches the caller, and what was written is saved."""
    running = Import(rows(6), size=3)
    next(running.batches), next(running.batches)
    assert running.busy() == ["E01,4,4500"]
    with pytest.raises(answer.Busy):
        running.busy()
    assert running.saved[-1:] == [3], "there is no half of a row: somebody has to be called"


def test_a_feed_that_fails_is_an_end_like_any_other():
    """When the feed raises, its error reaches the caller and what was written is saved."""
    running = Import([*rows(5), "lost"], size=2)
    next(running.batches), next(running.batches)
    with pytest.raises(ConnectionError):
        next(running.batches)
    assert running.saved[-1:] == [4], "the next run goes on after these"


def test_the_number_is_saved_once(rng: random.Random):
    """An import saves once, at its end, not after every batch."""
    running = Import(rows(10), size=rng.randrange(2, 5))
    assert sum(len(batch) for batch in running.batches) == 10
    assert running.saved == [10], "each save is a write to the database that was busy"


def test_a_given_list_belongs_to_the_consumer(rng: random.Random):
    """A consumer that empties the lists it was given loses nothing, and is counted right."""
    plan, done = rows(rng.randrange(9, 15)), rng.randrange(3)
    written, saved = inside("emptying", plan, done, 4)
    assert (written, saved[-1:]) == (plan[done:], [len(plan)]), "count before you hand it out"


@pytest.mark.points(2)
def test_any_night(rng: random.Random):
    """However often the database is busy, every row is written once, in order, in batches of the right length."""
    for _ in range(5):
        size, done = rng.randrange(1, 10), rng.randrange(4)
        running = Import(rows(done + rng.randrange(30)), done=done, size=size)
        limit, written, needed = size, done, 0
        batch = next(running.batches, None)
        while batch is not None:
            assert batch == running.rows[written : written + limit]
            needed = max(needed, written + limit)
            assert running.read <= needed, "rows that were set aside are enough: the feed is not asked for more"
            if len(batch) > 1 and rng.random() < 0.4:
                limit = len(batch) // 2
                batch = running.busy()
            else:
                written, limit = written + len(batch), min(size, 2 * limit)
                batch = next(running.batches, None)
        assert (written, running.saved[-1:]) == (len(running.rows), [len(running.rows)])
