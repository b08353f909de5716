# Counts rows and does not look at their event.
# fails: test_a_batch_holds_one_event, test_an_event_that_comes_back_begins_a_new_batch, test_any_plan_and_any_size
# says: one transaction, one event
# exercise: core.seat-batches
from collections.abc import Iterable, Iterator

Row = tuple[str, int]  # event, seat number


def batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Give neighbouring rows of one event in lists of at most `size`, as soon as each is complete."""
    if size < 1:
        raise ValueError(f"a batch has at least one row, not {size}")
    rows = iter(rows)
    return iter(lambda: [row for _, row in zip(range(size), rows)], [])
