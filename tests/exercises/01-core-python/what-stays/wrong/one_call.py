# Weighs the last call only.
# fails: test_the_mean_of_many_calls, test_a_clean_call_leaves_nothing, test_what_is_kept_is_leaked, test_what_the_collector_frees_is_litter, test_both_at_once, test_a_cycle_that_is_kept_is_leaked, test_a_buffer_that_is_made_once_is_no_leak, test_what_is_replaced_is_no_leak, test_what_is_replaced_may_be_litter, test_only_the_second_half_counts, test_litter_from_before_is_not_of_this_plug_in
# says: bytes a call
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
        for _ in range(499):
            call()
        before, _ = tracemalloc.get_traced_memory()
        call()
        littered, _ = tracemalloc.get_traced_memory()
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        if collecting:
            gc.enable()
        if not tracing:
            tracemalloc.stop()
    return Stay(litter=littered - after, leaked=after - before)
