# Closes after the last sale and when the consumer stops, and not when a feed fails.
# fails: test_an_error_closes_every_feed
# says: hold connections, too
# exercise: core.sales-merge
import heapq
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack


def merge(feeds: Mapping[str, Iterable[Sale]]) -> Iterator[Sale]:
    """Give the sales of all feeds in order of time; close every feed in the end, whatever the end is."""
    def in_order(name: str, feed: Iterable[Sale]) -> Iterator[Sale]:
        before = None
        for sale in feed:
            if before is not None and sale.at < before:
                raise ValueError(f"{name}: {sale.order} at {sale.at} after {before}")
            before = sale.at
            yield sale

    def close_all() -> None:
        with ExitStack() as stack:
            for feed in feeds.values():
                if hasattr(feed, "close"):
                    stack.callback(feed.close)

    try:
        yield from heapq.merge(*(in_order(*item) for item in feeds.items()), key=lambda sale: sale.at)
    except GeneratorExit:
        close_all()
        raise
    close_all()
