import random

import answer
import pytest
import redis

from course.checks import inside

pytestmark = pytest.mark.writes


@pytest.mark.points(2)
def test_whatever_redis_drops(place, rng: random.Random):
    """Keys are dropped, seats are sold, readers are slow, in any order: nobody gets what was sold before he began."""
    server, free, late = redis.Redis.from_url(place.admin), [500], []

    def load(event: int) -> str:
        found = f"{free[0]} free"
        if late:
            sell(late.pop())
        return found

    def sell(seats: int) -> None:
        free[0] -= seats
        answer.changed(place.url, 17)

    for _ in range(150):
        match rng.choice(["sell", "read", "late", "drop", "drop"]):
            case "sell":
                sell(1)
            case "drop":
                share = rng.choice([0.2, 0.5])
                for key in server.keys("*"):
                    if rng.random() < share:
                        server.delete(key)
            case "late":
                sell(1)
                late.append(1)
                answer.read(place.url, 17, load, 60)
                late.clear()
        truth = f"{free[0]} free"
        assert answer.read(place.url, 17, load, 60) == truth, "a version that was lost began anew, and old copies with it"


@pytest.mark.points(2)
def test_a_change_between_any_two_commands(place):
    """A change that is told between any two commands of a reader is seen by whoever comes next."""
    for number in range(1, 12):
        redis.Redis.from_url(place.admin).flushdb()
        met, found = inside("changed_meanwhile", place.url, number)
        if not met:
            break
        assert found == "2 free", "the reader stored what was true before the change"
    assert number > 2, "a reader who sends nothing has no copy"


def test_an_error_is_not_kept(place):
    """What `load` raises reaches the caller; the next one loads."""

    def broken(event: int) -> str:
        raise ConnectionError("no answer")

    with pytest.raises(ConnectionError):
        answer.read(place.url, 17, broken, 60)
    assert answer.read(place.url, 17, lambda event: "3 free", 60) == "3 free", "an error was kept"

