# Gives a single refused row again and again.
# fails: test_one_row_that_is_refused_ends_the_import
# says: raises
# exercise: core.resume-import
from collections.abc import Callable, Generator, Iterable
from itertools import islice


def importer(
    rows: Iterable[str], save: Callable[[int], None], done: int = 0, size: int = 100
) -> Generator[list[str], None, int]:
    """Give the rows after the first `done` in batches until all are written; return how many rows are written."""
    rows = islice(rows, done, None)
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
                limit = max(1, length // 2)
            else:
                done += length
                del waiting[:length]
                limit = min(size, 2 * limit)
    finally:
        save(done)
