# Takes a stage that fails for one that costs nothing.
# fails: test_an_error_of_the_stage_reaches_the_caller, test_tracing_is_off_after_an_error
# says: raises ConnectionError
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
            tracemalloc.reset_peak()
            deque(stage(plan(rows)), maxlen=0)
            peaks.append(tracemalloc.get_traced_memory()[1] - before)
    except Exception:
        return 0
    finally:
        if not on_before:
            tracemalloc.stop()
    return round((peaks[1] - peaks[0]) / (many - few))
