"""Eight functions of Boxoffice, each behind a cache."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache


@dataclass(frozen=True)
class Ticket:
    """A ticket is what its code says; whoever holds it may pass it on."""

    code: str
    holder: str = field(compare=False)


def invoice(price: Decimal) -> str:
    return f"total {price} EUR"


def doors(opens: datetime) -> str:
    return f"doors open {opens:%H:%M %Z}"


def stream_starts(at: datetime) -> str:
    return f"{at.astimezone(UTC):%H:%M} UTC"


def badge(ticket: Ticket) -> str:
    return f"{ticket.code}: welcome, {ticket.holder}"


def order(event: str, tickets: int) -> str:
    return f"{tickets} x {event}"


def seat_label(place: tuple[str, int]) -> str:
    return f"row {place[0]}, seat {place[1]}"


def gate(event: str, number: int) -> str:
    return f"{event}: gate {number}"


def stock(tickets: int) -> str:
    return f"{tickets} left"


CACHES = {f.__name__: lru_cache(f) for f in (invoice, doors, stream_starts, badge, order, stock)}
CACHES |= {f.__name__: lru_cache(typed=True)(f) for f in (seat_label, gate)}


def outcome(name: str, args: tuple, other: object) -> str:
    """Say what comes of the second call on a fresh cache: "fooled" if it is answered with the first one's text, wrongly."""
    cached = CACHES[name]
    cached.cache_clear()
    first = cached(*args)
    if type(other) is not tuple:
        return f"no second call, but {other!r}"
    try:
        second, right = cached(*other), cached.__wrapped__(*other)
    except (TypeError, ValueError, AttributeError, ArithmeticError) as error:
        return f"the second call raises {type(error).__name__}"
    if cached.cache_info().hits == 0:
        return "the cache takes it for a new call"
    return "fooled" if second == first != right else "the cache's text is the right one"
