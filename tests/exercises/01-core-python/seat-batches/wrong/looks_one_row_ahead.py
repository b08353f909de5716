# Gives a batch out when the next row arrives, also one that was full before.
# fails: test_a_full_batch_does_not_wait_for_another_row
# says: waits for nobody
# exercise: core.seat-batches
from collections.abc import Iterable, Iterator

Row = tuple[str, int]  # event, seat number


def batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Give neighbouring rows of one event in lists of at most `size`, as soon as each is complete."""
    if size < 1:
        raise ValueError(f"a batch has at least one row, not {size}")

    def parts():
        batch = []
        for row in rows:
            if batch and (row[0] != batch[0][0] or len(batch) == size):
                yield batch
                batch = []
            batch.append(row)
        if batch:
            yield batch

    return parts()
