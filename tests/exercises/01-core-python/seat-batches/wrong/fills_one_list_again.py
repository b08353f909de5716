# Fills one and the same list again and again.
# fails: test_every_batch_is_a_list_of_its_own
# says: must not change afterwards
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
            if batch and row[0] != batch[0][0]:
                yield batch
                batch.clear()
            batch.append(row)
            if len(batch) == size:
                yield batch
                batch.clear()
        if batch:
            yield batch

    return parts()
