# Counts a batch when it gives it out.
# fails: test_a_batch_that_nobody_confirmed_is_not_done, test_another_error_is_not_for_the_importer, test_any_night, test_one_row_that_is_refused_ends_the_import
# says: never have arrived
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
                done += length
                yield batch
            except Busy:
                if length == 1:
                    raise
                limit = length // 2
            else:
                del waiting[:length]
                limit = min(size, 2 * limit)
    finally:
        save(done)
