import itertools
import random

import answer
import pytest
import redis

from course.checks import inside

pytestmark = pytest.mark.writes
SENDINGS = range(1, 40)


def some_seats(rng: random.Random, number: int) -> list[str]:
    return [f"Circle-{row}-{rng.randint(1, 30)}" for row in rng.sample(range(1, 40), number)]


def ends(place) -> dict[str, int]:
    server = redis.Redis.from_url(place.admin, decode_responses=True)
    return {key.removeprefix("hold:"): server.pttl(key) for key in server.keys("hold:*")}


def clear(place) -> None:
    server = redis.Redis.from_url(place.admin)
    for key in server.keys("hold:*"):
        server.delete(key)


def test_a_lapsed_hold_does_not_come_back(rng: random.Random, place):
    """Where one of the seats has lapsed, or is held by somebody else, nothing is extended."""
    for again in (False, True):
        clear(place)
        seats = some_seats(rng, 3)
        token = answer.hold(place.url, seats, 60)
        lapsed = rng.choice(seats[1:])
        redis.Redis.from_url(place.admin).delete(f"hold:{lapsed}")
        if again:
            answer.hold(place.url, [lapsed], 60)
        assert answer.extend(place.url, seats, token, 600) is False, f"{lapsed} is no longer this token's"
        found = ends(place)
        assert (lapsed in found) is again, "a hold that has ended is nobody's"
        assert max(found.values()) <= 60_000, "of a group, all seats are extended or none"


@pytest.mark.points(2)
def test_a_group_and_a_single_customer_meet(rng: random.Random, place):
    """When somebody takes one of the seats at the same time, one of the two gets what was asked for, the other nothing."""
    for number, place_of_one in itertools.product(SENDINGS, (0, -1)):
        clear(place)
        seats = some_seats(rng, 3)
        one = seats[place_of_one]
        tokens, met = inside("held_meanwhile", number, place.url, seats, one)
        if not met:
            break
        got = [name for name, token in tokens.items() if token is not None]
        assert len(got) == 1, f"one of the two has to get seat {one}"
        wanted = seats if got == ["group"] else [one]
        assert ends(place).keys() == set(wanted), "the other one got nothing and holds nothing"
        assert answer.release(place.url, seats, tokens[got[0]]) == len(wanted), "who got the seats holds them"


def test_the_later_hold_has_the_larger_token(rng: random.Random, place):
    """When somebody holds the same seats and leaves them again meanwhile, the hold that comes after has the larger token."""
    for number in SENDINGS:
        clear(place)
        tokens = inside("held_and_left_meanwhile", number, place.url, some_seats(rng, 2))
        if len(tokens) == 1:
            break
        other, group = tokens
        assert other is None or group > other, "the ledger has seen the larger token and refuses the present holder"


@pytest.mark.points(2)
def test_a_release_never_hits_the_next_holder(rng: random.Random, place):
    """When a hold lapses and the seat is taken anew during a release, the new hold stays."""
    for number in SENDINGS:
        clear(place)
        seats = some_seats(rng, 2)
        one = rng.choice(seats)
        token = answer.hold(place.url, seats, 60)
        if not inside("released_meanwhile", number, place.url, seats, token, one):
            break
        assert ends(place).keys() == {one}, "between a look and its deed the seat got another holder"


def test_an_extension_never_hits_the_next_holder(rng: random.Random, place):
    """When a hold lapses and the seat is taken anew during an extension, the new hold ends when it was to end."""
    for number in SENDINGS:
        clear(place)
        seats = some_seats(rng, 2)
        one = rng.choice(seats)
        token = answer.hold(place.url, seats, 60)
        if not inside("extended_meanwhile", number, place.url, seats, token, one):
            break
        assert ends(place)[one] <= 20_000, "the next holder of the seat got this one's hour"


@pytest.mark.points(2)
def test_a_death_leaves_no_immortal_and_no_half(rng: random.Random, place):
    """Whenever the process dies, all the seats are held or none, and every hold has an end."""
    for number in SENDINGS:
        clear(place)
        seats = some_seats(rng, 3)
        died = inside("dies", number, place.url, seats)
        found = ends(place)
        assert -1 not in found.values(), "a hold without an end outlives every customer"
        assert found.keys() in (set(), set(seats)), "half a row is held for a customer who is gone"
        if not died:
            break


def test_any_text_is_a_seat(rng: random.Random, place):
    """Seats are texts, whatever is in them."""
    seats = [f"{mark}{rng.randint(1, 99)}" for mark in ("Box 'A' ", 'Box "B" ', "Łódź %s {1} ", "]] return 1 -- ")]
    token = answer.hold(place.url, seats, 60)
    assert ends(place).keys() == set(seats), "the name of a seat is data"
    assert answer.extend(place.url, seats, token, 90) is True, "the name of a seat is data"
    assert answer.release(place.url, seats, token) == 4, "the name of a seat is data"
