# Reads everything into one list and sorts it.
# fails: test_what_came_before_a_bad_sale_is_given_out, test_no_feed_is_read_further_than_one_sale_ahead
# says: these four are in order
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
        yield from sorted((sale for item in feeds.items() for sale in in_order(*item)), key=lambda sale: sale.at)
