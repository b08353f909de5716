# Orders sales of one moment by the names of their feeds.
# fails: test_any_feeds
# says: in the order of the feeds
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

    with ExitStack() as stack:
        for feed in feeds.values():
            if hasattr(feed, "close"):
                stack.callback(feed.close)
        yield from heapq.merge(*(in_order(*item) for item in sorted(feeds.items())), key=lambda sale: sale.at)
