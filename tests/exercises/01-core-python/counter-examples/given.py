"""Four functions of the night shift. Each promise is tested, and every test is green."""

from datetime import date, datetime, timedelta
from pathlib import PurePosixPath


def fee(price: float, percent: int) -> float:
    """Promise: the fee in euros, rounded to the cent, halves of a cent up. Prices are 0.01 to 999.99."""
    return round(price * percent / 100, 2)


def wait(opens: datetime, starts: datetime) -> timedelta:
    """Promise: how long people stand outside, for any two aware times."""
    return starts - opens


def shares(cents: int, people: int) -> list[int]:
    """Promise: the shares add up to the bill, and no two differ by more than a cent. The bill is 0 or more."""
    each = round(cents / people)
    return [each] * (people - 1) + [cents - each * (people - 1)]


def file_of(promoter: str, day: date) -> PurePosixPath:
    """Promise: one file for each promoter and day, and all of them in settlements/."""
    return PurePosixPath("settlements", promoter, day.strftime("%Y.%m.%d")).with_suffix(".csv")
