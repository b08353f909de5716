# Forgets the batch that was not full when the plan ended.
# fails: test_batches_are_full_but_for_the_last, test_a_batch_holds_one_event, test_a_generator_is_enough, test_an_event_that_comes_back_begins_a_new_batch, test_every_batch_is_a_list_of_its_own, test_any_plan_and_any_size
# says: cannot be sold
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
                batch = []
            batch.append(row)
            if len(batch) == size:
                yield batch
                batch = []

    return parts()
