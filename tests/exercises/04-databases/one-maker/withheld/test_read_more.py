import pytest
import redis

from course.checks import inside

pytestmark = pytest.mark.writes


@pytest.mark.points(2)
def test_whoever_looked_too_early_makes_nothing(place):
    """A copy that is there before the making begins is used, between whichever two commands it came."""
    for number in range(1, 12):
        redis.Redis.from_url(place.admin).flushdb()
        met, begun, made = inside("made_meanwhile", place.url, number)
        assert begun or not (met and made), "a look that is older than the turn is worth nothing"
        if not met:
            break


def test_a_slow_maker_ends_nobody_elses_turn(place):
    """A maker that was overtaken and comes back leaves the turn of its successor alone."""
    third = inside("overtaken", place.url)
    assert third is not None, "a maker that took longer than its patience could not be overtaken"
    assert third == 0, "the successor still works, and a third one was let in"


def test_waiting_is_quiet(place):
    """Guests who wait send at most a hundred commands a second each."""
    server = redis.Redis.from_url(place.admin)
    before = server.info("stats")["total_commands_processed"]
    inside("rush", place.url, 5, 1.0)
    sent = server.info("stats")["total_commands_processed"] - before
    assert sent < 5 * 200, f"{sent:,} commands for a map of a second: the waiting are a load of their own"
