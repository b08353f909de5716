import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import answer
import pytest

BERLIN = ZoneInfo("Europe/Berlin")


def polled(doors, first: datetime, minutes: int, every: int = 1) -> list[tuple[str, str]]:
    """Ask `due` from `first` on; return (UTC, show) for everything that was opened."""
    opened = []
    for minute in range(0, minutes, every):
        now = first + timedelta(minutes=minute)
        opened += [(f"{now:%H:%M}", show) for show in doors.due(now)]
    return opened


def test_an_ordinary_evening(rng: random.Random):
    """On a night without a change of clocks the doors open so many minutes before the show."""
    starts = datetime(2026, 6, rng.randint(1, 30), rng.randint(17, 21), rng.choice([0, 15, 30]), tzinfo=BERLIN)
    minutes = rng.randint(10, 180)
    told = answer.Doors().add("Nordlicht", starts, minutes)
    assert told.isoformat() == (starts - timedelta(minutes=minutes)).isoformat(), "what worked on 363 days still has to"


@pytest.mark.points(2)
def test_minutes_are_minutes(rng: random.Random):
    """Between doors and show lie the minutes that were asked for, also when the clock is set back between them."""
    starts = datetime(2026, 10, 25, 4, rng.randint(0, 59), tzinfo=BERLIN)
    minutes = rng.randint(70, 110)
    instant = starts.astimezone(UTC) - timedelta(minutes=minutes)
    told = answer.Doors().add("Nachtschicht", starts, minutes)
    assert told.isoformat() == instant.astimezone(BERLIN).isoformat(), (
        "the stewards stood at the doors an hour too long"
    )


@pytest.mark.points(2)
def test_doors_open_once_in_a_night_with_an_hour_twice():
    """A show whose doors open at the first 02:30 opens then, and not again at the second."""
    doors = answer.Doors()
    doors.add("Nachtschicht", datetime(2026, 10, 25, 2, 45, tzinfo=BERLIN), 15)
    opened = polled(doors, datetime(2026, 10, 24, 22, 0, tzinfo=UTC), 360)
    assert opened == [("00:30", "Nachtschicht")], "whoever was scanned in the first hour was let in again in the second"


def test_a_late_poll_opens_what_is_due(rng: random.Random):
    """A poll that comes late still opens the doors, earliest first."""
    doors = answer.Doors()
    starts = datetime(2026, 6, 12, 20, 0, tzinfo=BERLIN)
    doors.add("late", starts + timedelta(minutes=rng.randint(1, 9)), 30)
    doors.add("early", starts, 30)
    doors.add("tomorrow", starts + timedelta(days=1), 30)
    now = starts.astimezone(UTC) - timedelta(minutes=rng.randint(5, 20))
    assert doors.due(now) == ["early", "late"], "a scheduler that was restarted at 19:30 kept 4,000 people outside"
    assert doors.due(now + timedelta(minutes=1)) == [], "open doors are not opened again"


def test_doors_in_three_zones(rng: random.Random):
    """Shows in several zones open by the instant, whatever their clocks say."""
    doors, day = answer.Doors(), rng.randint(1, 28)
    for name, zone in (
        ("Nordhalle", BERLIN),
        ("Pier 9", ZoneInfo("America/New_York")),
        ("Harbour", ZoneInfo("Australia/Sydney")),
    ):
        doors.add(name, datetime(2026, 7, day, 20, 0, tzinfo=zone), 60)
    opened = polled(doors, datetime(2026, 7, day, 0, 1, tzinfo=UTC), 24 * 60, every=4)
    assert opened == [("09:01", "Harbour"), ("17:01", "Nordhalle"), ("23:01", "Pier 9")], (
        "one scheduler serves three continents"
    )
