# Builds the exact price from a float, and the oracle errs with the function.
# fails: test_every_percentage_has_its_price
# says: a report names the smallest
# exercise: core.counter-examples
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo


def lost_cent(percent: int) -> str:
    """Return the smallest price in euros, such as "0.30", whose `fee` is not the exact one, halves up."""
    price = exact = Decimal("0.00")
    while Decimal(str(fee(float(price), percent))) == exact:
        price += Decimal("0.01")
        exact = (Decimal(float(price)) * percent / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return str(price)


def wrong_wait(zone: ZoneInfo, year: int) -> tuple[datetime, datetime]:
    """Return two times of the zone between which `wait` is wrong; raise LookupError if the year has none."""
    noon = datetime(year, 1, 1, 12, tzinfo=zone)
    while (later := noon + timedelta(days=1)).year == year:
        if wait(noon, later) != wait(noon.astimezone(UTC), later.astimezone(UTC)):
            return noon, later
        noon = later
    raise LookupError(f"{zone.key} changed no clock in {year}")


def unfair_bill(people: int) -> int:
    """Return the smallest bill from 1,000 cents up that `shares` splits unfairly among `people`, 4 or more."""
    cents = 1000
    while max(split := shares(cents, people)) - min(split) <= 1:
        cents += 1
    return cents


def same_file(day: date) -> date:
    """Return another day that `file_of` gives the same name."""
    return day.replace(day=day.day % 28 + 1)


def strange_promoter() -> str:
    """Return a promoter's name with which `file_of` leaves settlements/."""
    return "/tmp"
