# Measures 27 calls when the plug-in is warm.
# fails: test_the_mean_of_many_calls
# says: one call in
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
        for _ in range(27):
            call()
        littered, _ = tracemalloc.get_traced_memory()
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        if collecting:
            gc.enable()
        if not tracing:
            tracemalloc.stop()
    return Stay(litter=(littered - after) // 27, leaked=(after - before) // 27)
