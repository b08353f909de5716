# Closes in finally, and still reads each feed to check its order: what can be read once is used up.
# fails: test_feeds_that_can_be_read_once_are_merged_too, test_a_consumer_that_stops_closes_every_feed, test_feeds_that_have_ended_are_closed, test_what_came_before_a_bad_sale_is_given_out, test_no_feed_is_read_further_than_one_sale_ahead, test_a_feed_that_will_not_close_keeps_no_other_open
# says: partners send streams
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
        for name, feed in feeds.items():
            times = [sale.at for sale in feed]
            if times != sorted(times):
                raise ValueError(f"the feed {name} is out of order")
        yield from heapq.merge(*feeds.values(), key=lambda sale: sale.at)
