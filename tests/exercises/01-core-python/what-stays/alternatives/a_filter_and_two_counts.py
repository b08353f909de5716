# Adds up the sizes in snapshots, and restores both switches through an ExitStack.
# exercise: core.what-stays
import gc
import tracemalloc
from contextlib import ExitStack


def weight():
    return sum(trace.size for trace in tracemalloc.take_snapshot().traces)


def what_stays(call):
    """Return what a call leaves behind, in bytes: until the collector runs, and for good."""
    with ExitStack() as stack:
        if gc.isenabled():
            stack.callback(gc.enable)
            gc.disable()
        if not tracemalloc.is_tracing():
            stack.callback(tracemalloc.stop)
            tracemalloc.start()
        heaps = []
        for step in (call, call):
            for _ in range(500):
                step()
            if not heaps:
                gc.collect()
            heaps.append(weight())
        gc.collect()
        heaps.append(weight())
    first, second, swept = heaps
    return Stay(round((second - swept) / 500), round((swept - first) / 500))
