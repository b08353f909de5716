# Divides by all calls, the warm-up's included.
# fails: test_what_is_kept_is_leaked, test_what_the_collector_frees_is_litter, test_both_at_once, test_a_cycle_that_is_kept_is_leaked, test_a_kept_error_is_a_leak, test_what_is_replaced_may_be_litter, test_the_mean_of_many_calls, test_only_the_second_half_counts, test_litter_from_before_is_not_of_this_plug_in
# says: bytes
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
    return Stay(litter=(littered - after) // 1000, leaked=(after - before) // 1000)
