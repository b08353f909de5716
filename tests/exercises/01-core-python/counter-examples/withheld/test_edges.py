import random
from datetime import UTC, date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

import answer
import pytest
from given import fee, file_of, wait


def wrong_fee(cents: int, percent: int) -> bool:
    exact = (Decimal(cents) / 100 * percent / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{fee(cents / 100, percent):.2f}" != str(exact)


def test_every_percentage_has_its_price(rng: random.Random):
    """The smallest price is found for any odd percentage, also where it is no multiple of ten cents."""
    for percent in [25, 75, 79, rng.randrange(1, 100, 2)]:
        cents = next(c for c in range(1, 100_000) if wrong_fee(c, percent))
        assert answer.lost_cent(percent) == f"{cents // 100}.{cents % 100:02}", "a report names the smallest case"


def test_changes_of_other_kinds(rng: random.Random):
    """Clocks that change by half an hour, or once and for all, are no exception."""
    for name, year in (("Australia/Lord_Howe", rng.randrange(2010, 2026)), ("Africa/Juba", 2021)):
        zone = ZoneInfo(name)
        opens, starts = answer.wrong_wait(zone, year)
        for moment in (opens, starts):
            assert getattr(moment.tzinfo, "key", None) == name, "a time of another zone proves nothing"
        real = starts.astimezone(UTC) - opens.astimezone(UTC)
        assert wait(opens, starts) != real, "this promise is kept"
        assert 0 <= real.total_seconds() <= 25 * 3600, "people wait for a day at most"


def test_clocks_that_never_change_break_nothing(rng: random.Random):
    """Where no clock changes in the year, `wrong_wait` raises LookupError instead of inventing a night."""
    for zone in rng.sample(["Asia/Tokyo", "Africa/Lagos", "America/Bogota", "Asia/Dubai"], 2):
        with pytest.raises(LookupError):
            answer.wrong_wait(ZoneInfo(zone), rng.randrange(2010, 2026))


def test_every_day_has_a_twin():
    """Every day of a year shares a file with another day that exists, the last of a month, too."""
    for day in [date(2024, 2, 29), *(date(2023, 1, 1) + timedelta(days=number) for number in range(365))]:
        other = answer.same_file(day)
        assert other != day, "another day was asked for"
        assert file_of("Nordlicht", other) == file_of("Nordlicht", day), "two files: this promise is kept"
