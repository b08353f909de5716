import random
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

import answer
import pytest
from given import fee, file_of, shares, wait


def exact_fee(price: str, percent: int) -> Decimal:
    return (Decimal(price) * percent / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def as_seconds(moment: datetime, zone: str) -> float:
    """Return the instant of a time of that zone that the clocks there do show."""
    assert isinstance(moment.tzinfo, ZoneInfo) and moment.tzinfo.key == zone, "a time of another zone proves nothing"
    back = moment.astimezone(UTC).astimezone(moment.tzinfo)
    assert back.replace(tzinfo=None) == moment.replace(tzinfo=None), (
        "no clock ever shows this time: nobody waits for it"
    )
    return moment.timestamp()


def check_wait(zone: str, year: int) -> None:
    opens, starts = answer.wrong_wait(ZoneInfo(zone), year)
    assert (opens.year, starts.year) == (year, year), "the audit is about that year"
    real = as_seconds(starts, zone) - as_seconds(opens, zone)
    assert 0 <= real <= 25 * 3600, "people wait forwards, and for a day at most"
    told = wait(opens, starts).total_seconds()
    assert told != real, f"wait() says {told / 3600:g} h, and {real / 3600:g} h it is: this promise is kept"


def test_a_price_loses_its_cent(rng: random.Random):
    """For the percentage asked, `lost_cent` names the smallest price whose fee comes out wrong."""
    percent = rng.choice([5, 7, 11])
    price = answer.lost_cent(percent)
    assert type(price) is str, "a float could not say which price is meant"
    told = f"{fee(float(price), percent):.2f}"
    assert told != str(exact_fee(price, percent)), f"{percent} % of {price} are {told}: this promise is kept"
    assert price == {5: "0.30", 7: "1.50", 11: "4.50"}[percent], "a report names the smallest case"


def test_a_night_in_berlin_has_another_length(rng: random.Random):
    """For Berlin and the year asked, `wrong_wait` names two times between which `wait` is wrong."""
    check_wait("Europe/Berlin", rng.randrange(2005, 2026))


@pytest.mark.points(2)
def test_nights_elsewhere_have_other_lengths(rng: random.Random):
    """`wrong_wait` does the same for any zone whose clocks change in that year."""
    for zone in rng.sample(["America/New_York", "Australia/Sydney", "America/Santiago", "Asia/Beirut"], 2):
        check_wait(zone, rng.randrange(2016, 2026))


def test_somebody_pays_for_the_others():
    """For a number of guests, `unfair_bill` names the smallest bill from 10.00 up that `shares` splits unfairly."""
    for people in range(4, 13):
        cents = answer.unfair_bill(people)
        split = shares(cents, people)
        assert max(split) - min(split) > 1, f"{split} is fair: this promise is kept"
        assert cents == next(c for c in range(1000, 2000) if max(s := shares(c, people)) - min(s) > 1), (
            "a report names the smallest case"
        )


def test_two_days_share_a_file(rng: random.Random):
    """For a day, `same_file` names another one whose settlement overwrites it."""
    day = date(rng.randrange(2020, 2030), rng.randint(1, 12), rng.randint(1, 27))
    other = answer.same_file(day)
    assert type(other) is date and (other != day) is True, "another day was asked for"
    assert file_of("Nordlicht", other) == file_of("Nordlicht", day), "two files: this promise is kept"


def test_a_promoter_writes_elsewhere():
    """`strange_promoter` is a name with which `file_of` leaves settlements/."""
    name = answer.strange_promoter()
    path = file_of(name, date(2026, 10, 25))
    inside = PurePosixPath("settlements") in path.parents and ".." not in path.parts
    assert not inside, f"{path} lies in settlements/: this promise is kept"
