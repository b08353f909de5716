# Finds the night by bisection between two months, the price among whole cents, the others by formula.
# exercise: core.counter-examples
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise


def lost_cent(percent):
    texts = (f"{cents // 100}.{cents % 100:02}" for cents in range(1, 100_000))
    return next(
        text
        for text in texts
        if f"{fee(float(text), percent):.2f}"
        != str((Decimal(text) * percent / 100).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))
    )


def wrong_wait(zone, year):
    def offset(moment):
        return moment.astimezone(zone).utcoffset()

    months = [datetime(year, month, 2, 12, tzinfo=UTC) for month in range(1, 13)] + [datetime(year, 12, 30, tzinfo=UTC)]
    for low, high in pairwise(months):
        if offset(low) == offset(high):
            continue
        while high - low > timedelta(minutes=1):
            middle = low + (high - low) / 2
            low, high = (middle, high) if offset(middle) == offset(low) else (low, middle)
        return tuple(moment.astimezone(zone) for moment in (low - timedelta(hours=3), high + timedelta(hours=3)))
    raise LookupError("the clocks stand still")


def unfair_bill(people):
    return next(c for c in range(1000, 3000) if abs(c - people * round(c / people)) > 1)


def same_file(day):
    return day + timedelta(days=1) if (day + timedelta(days=1)).month == day.month else day - timedelta(days=1)


def strange_promoter():
    return "../Nordlicht"
