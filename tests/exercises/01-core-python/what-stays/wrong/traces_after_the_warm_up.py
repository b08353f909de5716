# Starts to trace when the plug-in is warm, so that an old answer's end is not seen.
# fails: test_what_is_replaced_is_no_leak, test_what_is_replaced_may_be_litter
# says: before you looked
# exercise: core.what-stays
import gc
import tracemalloc
from collections.abc import Callable


def what_stays(call: Callable[[], object]) -> Stay:
    """Return what a call leaves behind, in bytes: until the collector runs, and for good."""
    collecting, tracing = gc.isenabled(), tracemalloc.is_tracing()
    gc.disable()
    try:
        for _ in range(500):
            call()
        gc.collect()
        if not tracing:
            tracemalloc.start()
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
