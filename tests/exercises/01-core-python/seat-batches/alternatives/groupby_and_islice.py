# Leaves the borders of events to groupby and the counting to islice.
# exercise: core.seat-batches
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter

Row = tuple[str, int]  # event, seat number


def batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Give neighbouring rows of one event in lists of at most `size`, as soon as each is complete."""
    if size < 1:
        raise ValueError("at least one row a batch")
    return _cut(groupby(rows, key=itemgetter(0)), size)


def _cut(runs, size):
    for _, run in runs:
        while batch := list(islice(run, size)):
            yield batch
