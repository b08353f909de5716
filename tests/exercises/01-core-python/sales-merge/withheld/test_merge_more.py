import random

import answer
import pytest
from given import Sale

from course.checks import inside


class Partners:
    """Feeds whose reads and closings the check can see."""

    def __init__(self, sources: dict[str, list[Sale]]) -> None:
        self.sources, self.closed = sources, []
        self.read, self.given, self.ahead = (dict.fromkeys(sources, 0) for _ in range(3))
        self.feeds = {name: inside("feed", name, lambda n: self.pull(n), lambda n: self.close(n)) for name in sources}

    def pull(self, name: str) -> Sale | None:
        self.read[name] += 1
        if self.read[name] > len(self.sources[name]):
            return None
        self.ahead[name] = max(self.ahead[name], self.read[name] - self.given[name])
        sale = self.sources[name][self.read[name] - 1]
        if sale.order == "lost":
            raise ConnectionError(f"{name} hung up")
        return sale

    def close(self, name: str) -> None:
        self.closed.append(name)
        if name == "stubborn":
            raise OSError("already closed")


def some(rng: random.Random, name: str, count: int, spread: int = 10_000) -> list[Sale]:
    times = sorted(rng.randrange(spread) for _ in range(count))
    return [Sale(at, f"{name}-{number}", 4500) for number, at in enumerate(times)]


def test_what_came_before_a_bad_sale_is_given_out():
    """Every sale before the one that goes back in time is given out; the error comes after them."""
    app = [Sale(10, "app-1", 4500), Sale(30, "app-2", 4500), Sale(20, "app-3", 4500)]
    web = [Sale(5, "web-1", 9500), Sale(25, "web-2", 9500), Sale(40, "web-3", 9500)]
    given = []
    with pytest.raises(ValueError):
        for sale in answer.merge({"app": app, "web": web}):
            given.append(sale.order)
    assert given == ["web-1", "app-1", "web-2", "app-2"], "these four are in order"


@pytest.mark.points(2)
def test_no_feed_is_read_further_than_one_sale_ahead(rng: random.Random):
    """Of each feed at most one sale has been read and not given out, so that a live feed holds up no other."""
    partners = Partners({name: some(rng, name, 8) for name in ("web", "app", "kiosk")})
    for sale in answer.merge(partners.feeds):
        partners.given[sale.order.partition("-")[0]] += 1
    assert partners.given == {"web": 8, "app": 8, "kiosk": 8}
    assert partners.ahead == {"web": 1, "app": 1, "kiosk": 1}, "who waits for a sale he does not need yet is late"


def test_sales_of_one_moment_may_follow_each_other():
    """Two sales of one feed at the same millisecond are in order."""
    web = [Sale(7, "web-1", 4500), Sale(7, "web-2", 3800), Sale(7, "web-3", 9500)]
    assert list(answer.merge({"web": web})) == web, "a family books at once"


def test_an_error_closes_every_feed(rng: random.Random):
    """A feed that hangs up, or goes back in time, leaves no connection open, and its error reaches the caller."""
    partners = Partners({"web": some(rng, "web", 3), "app": [Sale(1, "app-1", 4500), Sale(2, "lost", 0)]})
    with pytest.raises(ConnectionError):
        list(answer.merge(partners.feeds))
    assert set(partners.closed) == {"web", "app"}, "the feeds that did nothing wrong hold connections, too"
    partners = Partners({"web": some(rng, "web", 3), "app": [Sale(9, "app-1", 4500), Sale(8, "app-2", 4500)]})
    with pytest.raises(ValueError):
        list(answer.merge(partners.feeds))
    assert set(partners.closed) == {"web", "app"}


def test_a_feed_that_will_not_close_keeps_no_other_open(rng: random.Random):
    """When closing one feed raises, the others are closed all the same."""
    partners = Partners({name: some(rng, name, 3) for name in ("web", "stubborn", "app")})
    merged = answer.merge(partners.feeds)
    next(merged)
    with pytest.raises(OSError):
        merged.close()
    assert set(partners.closed) == {"web", "stubborn", "app"}, "one bad connection must not leak the good ones"


@pytest.mark.points(2)
def test_any_feeds(rng: random.Random):
    """Whatever the feeds are called and however many moments they share, the order is time, then feed."""
    for _ in range(10):
        names = rng.sample(["web", "app", "kiosk", "radio", "box office"], rng.randrange(1, 5))
        sources = {name: some(rng, name, rng.randrange(6), spread=8) for name in names}
        expected = sorted([sale for feed in sources.values() for sale in feed], key=lambda sale: sale.at)
        assert list(answer.merge(sources)) == expected, "sorted() keeps equal sales in the order of the feeds"
