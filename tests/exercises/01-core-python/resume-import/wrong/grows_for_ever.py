# Doubles after every batch, beyond the size.
# fails: test_all_rows_come_in_batches, test_a_batch_that_nobody_confirmed_is_not_done, test_a_feed_that_fails_is_an_end_like_any_other, test_any_night, test_batches_grow_back_to_their_size, test_a_batch_has_a_hundred_rows_unless_told_otherwise
# says: E01
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
                if length == 1:
                    raise
                limit = length // 2
            else:
                done += length
                del waiting[:length]
                limit = 2 * limit
    finally:
        save(done)
