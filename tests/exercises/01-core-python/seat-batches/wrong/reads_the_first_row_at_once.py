# Looks at the first row to learn the event, before anybody has asked for a batch.
# fails: test_nothing_is_read_before_the_first_batch_is_asked_for
# says: may not be connected
# exercise: core.seat-batches
from collections.abc import Iterable, Iterator

Row = tuple[str, int]  # event, seat number


def batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Give neighbouring rows of one event in lists of at most `size`, as soon as each is complete."""
    if size < 1:
        raise ValueError(f"a batch has at least one row, not {size}")
    rows = iter(rows)
    first = next(rows, None)

    def parts():
        batch = [] if first is None else [first]
        if len(batch) == size:
            yield batch
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

    return parts()
