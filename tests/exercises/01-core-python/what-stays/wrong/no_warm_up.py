# Measures from the first call: a buffer that fills counts as a leak.
# fails: test_a_buffer_that_is_made_once_is_no_leak, test_what_is_replaced_is_no_leak, test_what_is_replaced_may_be_litter, test_the_mean_of_many_calls, test_only_the_second_half_counts
# says: will not be there twice
# exercise: core.what-stays
import gc
import tracemalloc
from collections.abc import Callable


def what_stays(call: Callable[[], object]) -> Stay:
    """Return what a call leaves behind, in bytes: until the collector runs, and for good."""
    collecting, tracing = gc.isenabled(), tracemalloc.is_tracing()
    gc.disable()
    if not tracing:
        tracemalloc.start()
    try:
        gc.collect()
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(500):
            call()
        littered, _ = tracemalloc.get_traced_memory()
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        if collecting:
            gc.enable()
        if not tracing:
            tracemalloc.stop()
    return Stay(litter=(littered - after) // 500, leaked=(after - before) // 500)
