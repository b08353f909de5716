# Merges lazily, closes everything and forgets to look at the order.
# fails: test_a_feed_that_goes_back_in_time_is_named, test_what_came_before_a_bad_sale_is_given_out, test_an_error_closes_every_feed
# says: raises ValueError
# exercise: core.sales-merge
import heapq
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack


def merge(feeds: Mapping[str, Iterable[Sale]]) -> Iterator[Sale]:
    """Give the sales of all feeds in order of time; close every feed in the end, whatever the end is."""
    with ExitStack() as stack:
        for feed in feeds.values():
            if hasattr(feed, "close"):
                stack.callback(feed.close)
        yield from heapq.merge(*feeds.values(), key=lambda sale: sale.at)
