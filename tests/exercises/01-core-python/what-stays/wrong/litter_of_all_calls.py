# Sweeps once, at the end, and divides the litter by all calls.
# fails: test_what_is_replaced_may_be_litter, test_only_the_second_half_counts, test_litter_from_before_is_not_of_this_plug_in
# says: litter
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
        for _ in range(500):
            call()
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
    return Stay(litter=(littered - after) // 1000, leaked=(littered - before - (littered - after) // 2) // 500)
