# Collects the rows of each event in a dict, wherever in the plan they stand.
# fails: test_a_full_batch_does_not_wait_for_another_row, test_an_event_that_comes_back_begins_a_new_batch, test_any_plan_and_any_size
# says: waits for nobody
# exercise: core.seat-batches
from collections.abc import Iterable, Iterator

Row = tuple[str, int]  # event, seat number


def batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Give neighbouring rows of one event in lists of at most `size`, as soon as each is complete."""
    if size < 1:
        raise ValueError(f"a batch has at least one row, not {size}")

    def parts():
        events = {}
        for row in rows:
            events.setdefault(row[0], []).append(row)
        for found in events.values():
            for start in range(0, len(found), size):
                yield found[start : start + size]

    return parts()
