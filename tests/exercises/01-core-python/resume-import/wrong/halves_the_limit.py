# Halves the limit instead of the batch, so that a short last batch comes again as it was.
# fails: test_half_of_a_batch_is_half_of_what_was_refused, test_any_night
# says: five rows were refused
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
                limit = max(1, limit // 2)
            else:
                done += length
                del waiting[:length]
                limit = min(size, 2 * limit)
    finally:
        save(done)
