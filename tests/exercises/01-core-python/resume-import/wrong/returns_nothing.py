# Ends without a result.
# fails: test_all_rows_come_in_batches, test_rows_that_are_done_are_skipped
# says: None
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
                return
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
