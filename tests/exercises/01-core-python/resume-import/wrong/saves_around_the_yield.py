# Saves when an error comes in at the yield or the rows are used up, and forgets that the feed can fail.
# fails: test_a_feed_that_fails_is_an_end_like_any_other
# says: goes on after these
# exercise: core.resume-import
from collections.abc import Callable, Generator, Iterable
from itertools import islice


def importer(
    rows: Iterable[str], save: Callable[[int], None], done: int = 0, size: int = 100
) -> Generator[list[str], None, int]:
    """Give the rows after the first `done` in batches until all are written; return how many rows are written."""
    rows = islice(rows, done, None)
    limit, waiting = size, []
    if True:
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
                    save(done)
                    raise
                limit = length // 2
            except BaseException:
                save(done)
                raise
            else:
                done += length
                del waiting[:length]
                limit = min(size, 2 * limit)
