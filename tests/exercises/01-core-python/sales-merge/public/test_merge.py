import random

import answer
import pytest
from given import Sale

from course.checks import inside


def sales(rng: random.Random, name: str, count: int) -> list[Sale]:
    """Sales of one feed, each later than the one before."""
    times = sorted(rng.sample(range(1, 86_400_000), count))
    return [Sale(at, f"{name}-{number}", rng.randrange(3800, 9500)) for number, at in enumerate(times)]


def by_time(*feeds: list[Sale]) -> list[Sale]:
    return sorted([sale for feed in feeds for sale in feed], key=lambda sale: sale.at)


def test_lists_are_merged_in_order_of_time(rng: random.Random):
    """The sales of three lists come in order of time."""
    web, app, kiosk = (sales(rng, name, 6) for name in ("web", "app", "kiosk"))
    assert list(answer.merge({"web": web, "app": app, "kiosk": kiosk})) == by_time(web, app, kiosk)
    assert list(answer.merge({"web": web, "app": []})) == web, "a partner may have sold nothing"


def test_feeds_that_can_be_read_once_are_merged_too(rng: random.Random):
    """The sales of generators come, too, and none is missing."""
    web, app = sales(rng, "web", 5), sales(rng, "app", 7)
    got = list(answer.merge({"web": inside("once", web), "app": inside("once", app)}))
    assert got == by_time(web, app), "partners send streams, not lists"


def test_sales_of_one_moment_come_in_the_order_of_the_feeds(rng: random.Random):
    """Of sales at the same time, the one of the feed named first comes first."""
    at = rng.randrange(1, 1000)
    first, second = Sale(at, "web-1", 9500), Sale(at, "app-1", 3800)
    assert list(answer.merge({"1 web": [first], "2 app": [second]})) == [first, second]
    assert list(answer.merge({"1 app": [second], "2 web": [first]})) == [second, first]


def test_a_feed_that_goes_back_in_time_is_named(rng: random.Random):
    """A sale earlier than the one before it in its feed raises ValueError with the feed's name."""
    app = sales(rng, "app", 3)
    name = f"partner-{rng.randrange(100)}"
    with pytest.raises(ValueError, match=name):
        list(answer.merge({"web": sales(rng, "web", 3), name: [app[0], app[2], app[1]]}))


def test_nothing_is_read_before_the_first_sale_is_asked_for():
    """Making the merged feed reads no sale of any partner."""
    read = []
    feeds = {name: inside("feed", name, lambda name: read.append(name), lambda name: None) for name in ("web", "app")}
    merged = answer.merge(feeds)
    assert read == [], "a report that nobody opens costs nothing"
    assert list(merged) == []


def test_a_consumer_that_stops_closes_every_feed(rng: random.Random):
    """When the consumer closes the merged feed half-way, every partner's connection is closed."""
    closed = []
    sources = {name: iter(sales(rng, name, 5)) for name in ("web", "app", "kiosk")}
    feeds = {
        name: inside("feed", name, lambda n: next(sources[n], None), lambda n: closed.append(n)) for name in sources
    }
    merged = answer.merge(feeds)
    next(merged)
    merged.close()
    assert set(closed) == set(sources), "each connection left open is one the next report cannot have"


def test_feeds_that_have_ended_are_closed(rng: random.Random):
    """After the last sale every feed is closed; a list has nothing to close."""
    closed = []
    sources = {name: iter(sales(rng, name, 3)) for name in ("web", "app")}
    feeds = {
        name: inside("feed", name, lambda n: next(sources[n], None), lambda n: closed.append(n)) for name in sources
    }
    assert len(list(answer.merge({**feeds, "kiosk": sales(rng, "kiosk", 2)}))) == 8
    assert set(closed) == set(sources)
