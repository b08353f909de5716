# Is a generator function throughout, so that a bad size is noticed at the first next.
# fails: test_a_size_below_one_is_refused_at_the_call
# says: raises ValueError
# exercise: core.seat-batches
from collections.abc import Iterable, Iterator

Row = tuple[str, int]  # event, seat number


def batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Give neighbouring rows of one event in lists of at most `size`, as soon as each is complete."""
    if size < 1:
        raise ValueError(f"a batch has at least one row, not {size}")
    batch = []
    for row in rows:
        if batch and row[0] != batch[0][0]:
            yield batch
            batch = []
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
