import random

import answer
import pytest
import redis

from course.checks import inside

pytestmark = pytest.mark.writes


@pytest.mark.points(2)
def test_one_makes_for_all(place, rng: random.Random):
    """Guests who ask at once get one map, and it was made once."""
    guests = rng.randrange(6, 12)
    got, made = inside("rush", place.url, guests, 0.4)
    assert made == 1, "each of them asks the database"
    assert got == ["map 1"] * guests


def test_a_copy_is_used(place, rng: random.Random):
    """Where a copy is there, it is returned and nothing is made."""
    made, text = [], f"{rng.randrange(99)} free"
    redis.Redis.from_url(place.admin).set("map:17", text)
    assert answer.read(place.url, "map:17", lambda: made.append(1), 60, 5) == text
    assert made == [], "there was a copy"


def test_a_copy_ends(place, rng: random.Random):
    """What was made is kept for as long as was asked for, and nothing else is left."""
    seconds = rng.randrange(100, 900) + 0.5
    assert answer.read(place.url, "map:17", lambda: "4 free", seconds, 5) == "4 free"
    server = redis.Redis.from_url(place.admin)
    assert server.keys("*") == [b"map:17"], "the copy is all that is left"
    assert 1000 * seconds - 5_000 <= server.pttl("map:17") <= 1000 * seconds, "a copy without an end is never made anew"


@pytest.mark.points(2)
def test_a_maker_that_fails_lets_the_next_one_go(place):
    """What `make` raises reaches its caller alone, and another guest makes the map at once."""
    got, made = inside("rush", place.url, 6, 0.1, 1)
    assert (made, got) == (2, ["ConnectionError"] + ["map 2"] * 5), "one failed, one made, and all others have it"


@pytest.mark.points(2)
def test_a_maker_that_dies_is_waited_for_no_longer_than_patience(place):
    """When a maker is killed, the next one waits for `patience` and makes it."""
    assert inside("after_a_death", place.url, 0.3) == "the next map", "the dead have no turn"
