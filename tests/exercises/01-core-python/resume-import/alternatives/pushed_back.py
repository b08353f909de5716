# Puts refused rows back in front of the feed with chain, and keeps the count in a callback of an ExitStack.
# exercise: core.resume-import
from collections.abc import Callable, Generator, Iterable
from contextlib import ExitStack
from itertools import chain, islice


def importer(
    rows: Iterable[str], save: Callable[[int], None], done: int = 0, size: int = 100
) -> Generator[list[str], None, int]:
    count = [done]
    with ExitStack() as stack:
        stack.callback(lambda: save(count[0]))
        source = islice(rows, done, None)
        upper = size
        while batch := tuple(islice(source, upper)):
            try:
                yield [*batch]
            except Busy:
                source = chain(batch, source)
                upper = len(batch) >> 1
                if not upper:
                    raise
                continue
            count[0] += len(batch)
            upper = min(upper + upper, size)
        return count[0]
