# Saves when something goes wrong or the rows are used up, and takes close() for neither.
# fails: test_a_batch_that_nobody_confirmed_is_not_done
# says: may never have arrived
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
                save(done)
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
    except Exception:
        save(done)
        raise
