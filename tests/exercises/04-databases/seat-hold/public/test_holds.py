import random

import answer
import pytest
import redis

pytestmark = pytest.mark.writes


def some_seats(rng: random.Random, number: int) -> list[str]:
    return [f"Stalls-{row}-{rng.randint(1, 30)}" for row in rng.sample(range(1, 40), number)]


def ends(place) -> dict[str, int]:
    """Return the held seats, each with the milliseconds that it has left."""
    server = redis.Redis.from_url(place.admin, decode_responses=True)
    return {key.removeprefix("hold:"): server.pttl(key) for key in server.keys("hold:*")}


def lapse(place, seat: str) -> None:
    redis.Redis.from_url(place.admin).delete(f"hold:{seat}")


def test_a_row_is_held_and_ends_by_itself(rng: random.Random, place):
    """All the seats are held, and each ends by itself after the seconds given."""
    seats, seconds = some_seats(rng, 4), rng.randint(30, 300)
    token = answer.hold(place.url, seats, seconds)
    assert type(token) is int and token >= 1, "the token goes to the ledger, which compares numbers"
    found = ends(place)
    assert found.keys() == set(seats), "a seat is held as long as its key exists"
    assert all(1000 * seconds - 5_000 < end <= 1000 * seconds for end in found.values()), (
        "61 holds outlived their customers"
    )


@pytest.mark.points(2)
def test_all_the_seats_or_none(rng: random.Random, place):
    """Where one seat of a group is taken, whichever it is, the answer is None and no other seat is touched."""
    seats = some_seats(rng, 4)
    for taken in seats:
        token = answer.hold(place.url, [taken], 100)
        assert answer.hold(place.url, seats, 300) is None, f"{taken} is taken"
        found = ends(place)
        assert found.keys() == {taken}, "half a family has seats, and nobody else can have them"
        assert found[taken] <= 100_000, "the hold that was there is somebody else's"
        assert answer.release(place.url, [taken], token) == 1, "the hold that was there is somebody else's"


def test_tokens_grow(rng: random.Random, place):
    """Each hold's token is larger than that of any before, whatever the seats, and after all have ended."""
    tokens = []
    for seat in some_seats(rng, 6):
        tokens.append(answer.hold(place.url, [seat], 60))
        tokens.append(answer.hold(place.url, [seat + "a", seat + "b"], 60))
        for key in (server := redis.Redis.from_url(place.admin)).keys("*"):
            if server.pttl(key) >= 0:
                server.delete(key)  # whatever has an end has ended
    assert tokens == sorted(set(tokens)), "the ledger lets in who has the larger token: a late one must be refused"


@pytest.mark.points(2)
def test_only_ones_own_seats_are_released(rng: random.Random, place):
    """Releasing frees what the token still holds and says how much that was; what somebody else holds by now stays."""
    mine, gone, theirs, kept = some_seats(rng, 4)
    token = answer.hold(place.url, [mine, gone, theirs, kept], 60)
    lapse(place, gone)
    lapse(place, theirs)
    other = answer.hold(place.url, [theirs], 60)
    assert answer.release(place.url, [mine, gone, theirs], token) == 1, "of the three, one is still held by this token"
    assert ends(place).keys() == {theirs, kept}, "Ada's late request deleted Björn's hold"
    assert answer.release(place.url, [theirs], other) == 1, "who holds a seat can give it back"


def test_extending_gives_time(rng: random.Random, place):
    """Who still holds the seats can have them for longer, counted from now."""
    seats, seconds = some_seats(rng, 3), rng.randint(200, 400)
    token = answer.hold(place.url, seats, 60)
    assert answer.extend(place.url, seats, token, seconds) is True, "all three are held by this token"
    assert all(1000 * seconds - 5_000 < end <= 1000 * seconds for end in ends(place).values()), "the bank is slow"
    assert answer.release(place.url, seats, token) == 3, "an extended hold is still the same one"


def test_what_is_somebody_elses_is_not_extended(rng: random.Random, place):
    """A token that holds none of the seats extends nothing."""
    [seat] = some_seats(rng, 1)
    late = answer.hold(place.url, [seat], 60)
    lapse(place, seat)
    answer.hold(place.url, [seat], 60)
    assert answer.extend(place.url, [seat], late, 600) is False, "the hold is another one by now"
    assert ends(place)[seat] <= 60_000, "somebody else's hold was extended"
