# A context manager keeps the trace, and next drops the rows one by one.
# exercise: core.bytes-per-row
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager


@contextmanager
def tracing():
    """Trace inside the block; leave tracing as it was."""
    if tracemalloc.is_tracing():
        yield
        return
    tracemalloc.start()
    try:
        yield
    finally:
        tracemalloc.stop()


def peak_of(stage, rows):
    """Return the bytes that a run needed at most beyond those that were there."""
    tracemalloc.reset_peak()
    there = tracemalloc.get_traced_memory()[0]
    drain(stage(plan(rows)))
    return tracemalloc.get_traced_memory()[1] - there


def drain(rows):
    rows = iter(rows)
    nothing = object()
    while next(rows, nothing) is not nothing:
        pass


def bytes_per_row(stage: Callable[[Iterator[str]], Iterable[object]], few: int = 200, many: int = 2_200) -> int:
    with tracing():
        short, long = (peak_of(stage, rows) for rows in (few, many))
        return int((long - short) / (many - few) + 0.5)
