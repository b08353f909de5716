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
        return self.rows[self.read - 1] if self.read <= len(self.rows) else None


def to_the_end(batches) -> tuple[list[list[str]], object]:
    """Confirm every batch; return all of them, and what the importer returned."""
    given = []
    for _ in range(100):
        try:
            given.append(next(batches))
        except StopIteration as end:
            return given, end.value
    raise AssertionError("a hundred batches came, and no end")


def rows(count: int) -> list[str]:
    return [f"E01,{number},4500" for number in range(1, count + 1)]


def test_all_rows_come_in_batches(rng: random.Random):
    """All rows come in order, in batches of the size, and the importer returns how many rows are written."""
    size = rng.randrange(3, 7)
    plan = rows(2 * size + 2)
    running = Import(plan, size=size)
    given, returned = to_the_end(running.batches)
    assert given == [plan[:size], plan[size : 2 * size], plan[2 * size :]]
    assert returned == len(plan), "asking for the next batch says that the last one is written"
    assert running.saved[-1:] == [len(plan)], "tomorrow's run starts here"


def test_rows_that_are_done_are_skipped(rng: random.Random):
    """An import that goes on after some rows gives the others, and counts all."""
    done = rng.randrange(2, 6)
    plan = rows(done + 5)
    running = Import(plan, done=done, size=5)
    given, returned = to_the_end(running.batches)
    assert given == [plan[done:]], "a seat imported twice is sold twice"
    assert running.saved[-1:] == [len(plan)], "the number is of the plan, not of this run"
    assert returned == len(plan)


def test_a_batch_has_a_hundred_rows_unless_told_otherwise():
    """Without a number of rows done and without a size, all rows come, a hundred at a time."""
    plan = rows(230)
    given, _ = to_the_end(answer.importer(plan, lambda n: None))
    assert given == [plan[:100], plan[100:200], plan[200:]]


def test_a_batch_that_nobody_confirmed_is_not_done(rng: random.Random):
    """When the import is closed, saved is what was written, without the batch that is still out."""
    size = rng.randrange(2, 6)
    running = Import(rows(4 * size), size=size)
    assert [len(next(running.batches)) for _ in range(3)] == [size] * 3
    running.batches.close()
    assert running.saved[-1:] == [2 * size], "the third batch may never have arrived"


def test_a_refused_batch_is_halved(rng: random.Random):
    """After Busy the first half of the same batch comes, and the rest is not lost."""
    size = 2 * rng.randrange(2, 5)
    plan, half = rows(size), size // 2
    running = Import(plan, size=size)
    assert next(running.batches) == plan
    assert inside("busy", running.batches) == plan[:half], "nothing of it was written: begin with its first half"
    given, _ = to_the_end(running.batches)
    assert given == [plan[half:]], "rows that were set aside come next"


def test_another_error_is_not_for_the_importer(rng: random.Random):
    """Any other error thrown in reaches the caller; what was written is saved."""
    size = rng.randrange(2, 6)
    running = Import(rows(3 * size), size=size)
    next(running.batches), next(running.batches)
    with pytest.raises(ConnectionError):
        running.batches.throw(ConnectionError("the database is gone"))
    assert running.saved[-1:] == [size], "one batch was confirmed"


def test_rows_are_read_when_they_are_needed(rng: random.Random):
    """Nothing is read before the first batch is asked for, and no row that is not in a batch."""
    size = rng.randrange(2, 6)
    running = Import(rows(5 * size), done=3, size=size)
    assert running.read == 0
    next(running.batches)
    assert running.read == 3 + size, "the feed is live: a row read too early is a wait too long"
