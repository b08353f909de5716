import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import answer
import pytest

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.points(2)
def test_a_time_that_no_clock_shows_is_refused(rng: random.Random):
    """A show listed in the hour that is left out raises ValueError and is not planned."""
    for zone, wall in (
        ("America/New_York", datetime(2026, 3, 8, 2, rng.randint(0, 59))),
        ("Australia/Lord_Howe", datetime(2026, 10, 4, 2, rng.randint(0, 29))),
        ("America/Santiago", datetime(2026, 9, 6, 0, rng.randint(0, 59))),
    ):
        doors = answer.Doors()
        for fold in (0, 1):
            with pytest.raises(ValueError):
                doors.add("Nachtschicht", wall.replace(tzinfo=ZoneInfo(zone), fold=fold), 30)
        assert doors.due(datetime(2026, 12, 1, tzinfo=UTC)) == [], "nobody knows when these doors are to open"


def test_the_second_half_past_two_is_another_one(rng: random.Random):
    """`fold=1` is the later of two equal clock times, for the doors as for the show."""
    minute = rng.randint(31, 59)
    doors = answer.Doors()
    told = doors.add("second", datetime(2026, 10, 25, 2, minute, tzinfo=BERLIN, fold=1), 30)
    assert told.isoformat() == f"2026-10-25T02:{minute - 30:02}:00+01:00", "the promoter said which of the two"
    assert doors.due(datetime(2026, 10, 25, 0, minute, tzinfo=UTC)) == [], "an hour too early"
    assert doors.due(datetime(2026, 10, 25, 1, minute - 30, tzinfo=UTC)) == ["second"], "now it is time"


def test_the_clock_of_the_scheduler_may_be_local(rng: random.Random):
    """`now` may be a local time of any zone, in the repeated hour, too."""
    minute = rng.randint(5, 55)
    doors = answer.Doors()
    doors.add("second", datetime(2026, 10, 25, 3, minute, tzinfo=BERLIN), 60)
    first = datetime(2026, 10, 25, 2, minute, tzinfo=BERLIN)
    assert doors.due(first + timedelta(minutes=2)) == [], "2 minutes past it, on the clock; 58 minutes before it"
    assert doors.due(first.replace(fold=1)) == ["second"], "now it is time"
    doors.add("first", datetime(2026, 11, 1, 1, minute, tzinfo=NEW_YORK), 0)
    assert doors.due(datetime(2026, 11, 1, 6, minute - 1, tzinfo=BERLIN)) == [], "a minute too early"
    assert doors.due(datetime(2026, 11, 1, 6, minute, tzinfo=BERLIN)) == ["first"], (
        "the first 01:00 hour is 06:00 in Berlin"
    )


def test_order_is_the_order_of_instants(rng: random.Random):
    """What is due at one poll comes by instant, and by name where instants are equal."""
    doors = answer.Doors()
    doors.add("b", datetime(2026, 10, 25, 2, rng.randint(30, 59), tzinfo=BERLIN), 0)
    doors.add("a", datetime(2026, 10, 25, 2, rng.randint(0, 29), tzinfo=BERLIN, fold=1), 0)
    doors.add("d", datetime(2026, 10, 25, 5, 0, tzinfo=BERLIN), 30)
    doors.add("c", datetime(2026, 10, 24, 23, 30, tzinfo=NEW_YORK), 0)
    assert doors.due(datetime(2026, 10, 26, tzinfo=UTC)) == ["b", "a", "c", "d"], "a clock that goes back is no order"


def test_another_date_replaces_the_plan(rng: random.Random):
    """A show that is added again has the new opening only, also after its doors were open."""
    starts = datetime(2026, 6, 12, 20, rng.randint(0, 59), tzinfo=BERLIN)
    doors = answer.Doors()
    doors.add("Nordlicht", starts, 60)
    doors.add("Nordlicht", starts + timedelta(days=1), 60)
    assert doors.due(starts) == [], "the show was put off by a day"
    assert doors.due(starts + timedelta(days=1)) == ["Nordlicht"], "a show that was put off still takes place"
    doors.add("Nordlicht", starts + timedelta(days=2), 60)
    assert doors.due(starts + timedelta(days=2)) == ["Nordlicht"], "the second night has doors, too"


def test_a_time_without_a_zone_is_refused():
    """A naive time, of a show or of the scheduler, raises ValueError."""
    doors = answer.Doors()
    with pytest.raises(ValueError):
        doors.add("Nordlicht", datetime(2026, 6, 12, 20, 0), 60)
    doors.add("Nachtschicht", datetime(2026, 6, 12, 20, 0, tzinfo=BERLIN), 60)
    with pytest.raises(ValueError):
        doors.due(datetime(2026, 6, 12, 19, 0))
