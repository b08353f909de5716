# Fetches the next sale of a feed before it gives out the one it has.
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
        lines = [in_order(name, feed) for name, feed in feeds.items()]
        heap = [(sale.at, place, sale) for place, line in enumerate(lines) if (sale := next(line, None))]
        heapq.heapify(heap)
        while heap:
            _, place, sale = heapq.heappop(heap)
            if following := next(lines[place], None):
                heapq.heappush(heap, (following.at, place, following))
            yield sale
