"""The stages that the checks of core.bytes-per-row weigh, and what they arrange around a measurement."""

import tracemalloc

import answer

LEFT = []
LENGTHS = []


def passing(_):
    """Holds nothing."""
    return lambda rows: (row for row in rows)


def dropping(_):
    """Reads everything and gives out nothing."""
    return lambda rows: (row for row in rows if not row)


def nth(k):
    """Holds every k-th row from the moment it is read until the end."""

    def stage(rows):
        kept = []
        for number, row in enumerate(rows):
            if number % k == 0:
                kept.append(row)
            yield number

    return stage


def first(k):
    """Holds the first k rows, and no more."""

    def stage(rows):
        kept = []
        for row in rows:
            if len(kept) < k:
                kept.append(row)
            yield row

    return stage


def buffered(size):
    """Holds a buffer of `size` bytes, however many rows there are."""

    def stage(rows):
        buffer = bytearray(size)
        yield from rows
        buffer.clear()

    return stage


def hoarding(_):
    """Keeps every row for ever."""

    def stage(rows):
        for row in rows:
            LEFT.append(row)
            yield row

    return stage


def failing(_):
    """Fails at its tenth row."""

    def stage(rows):
        for number, row in enumerate(rows):
            if number == 9:
                raise ConnectionError("the feed hung up")
            yield row

    return stage


def counting(_):
    """Notes how many rows it was given."""

    def stage(rows):
        LENGTHS.append(sum(1 for _ in rows))
        return ()

    return stage


def lengths():
    """Return the numbers of rows that the counting stage was given."""
    return LENGTHS


def stage(kind, k=0):
    """Return a stage by name."""
    return globals()[kind](k)


def tracing():
    """Say whether tracemalloc is on."""
    return tracemalloc.is_tracing()


def measured_while_tracing(kind, k, earlier):
    """Measure inside a trace of somebody else whose peak was `earlier` bytes; return the figure and what is left of the trace."""
    tracemalloc.start()
    kept = bytearray(100_000)
    bytearray(earlier)
    figure = answer.bytes_per_row(stage(kind, k))
    return figure, tracemalloc.is_tracing(), tracemalloc.get_object_traceback(kept) is not None
