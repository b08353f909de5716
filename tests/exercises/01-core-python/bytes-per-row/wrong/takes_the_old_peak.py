# Does not reset the peak, so that an earlier one hides the stage's.
# fails: test_an_earlier_peak_is_not_this_ones
# says: bytes a row, where
# exercise: core.bytes-per-row
import tracemalloc
from collections import deque
from collections.abc import Callable, Iterable, Iterator


def bytes_per_row(stage: Callable[[Iterator[str]], Iterable[object]], few: int = 200, many: int = 2_200) -> int:
    """Return by how many bytes the peak of a run grows with each row more; runs the stage on `few` and on `many` rows."""
    on_before = tracemalloc.is_tracing()
    if not on_before:
        tracemalloc.start()
    peaks = []
    try:
        for rows in (few, many):
            before, _ = tracemalloc.get_traced_memory()
            deque(stage(plan(rows)), maxlen=0)
            peaks.append(tracemalloc.get_traced_memory()[1] - before)
    finally:
        if not on_before:
            tracemalloc.stop()
    return round((peaks[1] - peaks[0]) / (many - few))
