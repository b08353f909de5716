import random

import answer
import pytest
import redis

pytestmark = pytest.mark.writes


class Database:
    """Knows some titles, and counts how often it is asked."""

    def __init__(self, titles: dict[int, str]) -> None:
        self.titles, self.asked = titles, []

    def ask(self, event: int) -> str | None:
        self.asked.append(event)
        return self.titles.get(event)


def left(place) -> list[int]:
    """Return for each copy the seconds that it has left; a copy without an end counts as -1."""
    server = redis.Redis.from_url(place.admin)
    return [-1 if (ms := server.pttl(key)) < 0 else ms // 1000 for key in server.keys("title:*")]


def test_a_title_is_asked_for_once(place, rng: random.Random):
    """A title is asked for once, and is the same for all who read it later."""
    event = rng.randrange(1, 900)
    database = Database({event: "The Silent Orchard live"})
    found = [answer.title(place.url, event, database.ask, 60, 5) for _ in range(4)]
    assert found == ["The Silent Orchard live"] * 4
    assert database.asked == [event], "a copy is there to be used"


@pytest.mark.points(2)
def test_a_missing_show_is_asked_for_once(place, rng: random.Random):
    """That a show does not exist is remembered as well."""
    events, database = rng.sample(range(900, 999), 3), Database({})
    found = [answer.title(place.url, event, database.ask, 60, 5) for event in events * 5]
    assert found == [None] * 15
    assert sorted(database.asked) == sorted(events), "a question for nothing is as dear as any other"


@pytest.mark.points(2)
def test_copies_end(place, rng: random.Random):
    """A copy of a title ends after `seconds`, one of a missing show after `short` seconds."""
    seconds, short = rng.randrange(300, 600), rng.randrange(30, 90)
    answer.title(place.url, 1, Database({1: "Engine"}).ask, seconds, short)
    assert seconds - 5 <= min(left(place)) <= max(left(place)) <= seconds, "what has no end is never corrected"
    redis.Redis.from_url(place.admin).flushdb()
    answer.title(place.url, 2, Database({}).ask, seconds, short)
    ends = left(place)
    assert ends, "nothing was kept"
    assert short - 5 <= min(ends) <= max(ends) <= short, "a show may be announced any minute"


def test_what_is_announced_is_known(place, rng: random.Random):
    """After `announce` the next `title` asks again, whether the show was unknown before or had another title."""
    new, renamed = rng.sample(range(1, 900), 2)
    database = Database({renamed: "Quartet"})
    for event in (new, renamed):
        answer.title(place.url, event, database.ask, 60, 5)
    database.titles = {new: "Choir", renamed: "Quintet"}
    for event in (new, renamed):
        answer.announce(place.url, event)
    found = [answer.title(place.url, event, database.ask, 60, 5) for event in (new, renamed)]
    assert found == ["Choir", "Quintet"], "the poster hangs outside, and the page says that there is no such show"


def test_the_band_none_plays(place):
    """A title is any text: the name of the band None, and one that was left empty."""
    database = Database({1: "None", 2: ""})
    found = [answer.title(place.url, event, database.ask, 60, 5) for event in (1, 2, 1, 2)]
    assert found == ["None", "", "None", ""], "what a title says is no matter of the cache"
    assert database.asked == [1, 2], "an empty title is a title"
