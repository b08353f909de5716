# Reads all rows into a list first.
# fails: test_rows_are_read_when_they_are_needed, test_a_feed_that_fails_is_an_end_like_any_other, test_any_night
# says: wait too long
# exercise: core.resume-import
from collections.abc import Callable, Generator, Iterable
from itertools import islice


def importer(
    rows: Iterable[str], save: Callable[[int], None], done: int = 0, size: int = 100
) -> Generator[list[str], None, int]:
    """Give the rows after the first `done` in batches until all are written; return how many rows are written."""
    rows = iter(list(rows)[done:])
    limit, waiting = size, []
    try:
        while True:
            waiting += islice(rows, max(0, limit - len(waiting)))
            batch = waiting[:limit]
            length = len(batch)
            if not batch:
                return done
            try:
                yield batch
            except Busy:
                if length == 1:
                    raise
                limit = length // 2
            else:
                done += length
                del waiting[:length]
                limit = min(size, 2 * limit)
    finally:
        save(done)
