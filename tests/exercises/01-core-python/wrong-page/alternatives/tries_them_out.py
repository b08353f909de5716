# Knows no function by name: makes equal arguments of every kind and tries them on the cache.
# exercise: core.wrong-page
from dataclasses import replace
from datetime import timedelta, timezone


def _equals(value: object):
    """Yield objects that equal the value."""
    match value:
        case int():
            yield float(value)
            yield Decimal(value)
        case Decimal():
            yield from (Decimal(f"{value:f}"), Decimal(f"{value:.9f}"))
        case datetime():
            yield value.replace(fold=not value.fold)
            for hours in (-3, 4):
                yield value.astimezone(timezone(timedelta(hours=hours)))
        case Ticket():
            yield replace(value, holder=value.holder * 2 + "?")
        case tuple():
            yield from ((*value[:at], other, *value[at + 1 :]) for at in range(len(value)) for other in _equals(value[at]))


def twin(name: str, args: tuple) -> tuple | None:
    """Return the arguments of a call that the cache takes for the first one, wrongly; None if there is none."""
    return next((other for other in _equals(args) if outcome(name, args, other) == "fooled"), None)
