# Takes the truth of small numbers and forgets that -0.0 is what 0 equals, too.
# fails: test_small_numbers
# says: order of 0
# exercise: core.wrong-page
from dataclasses import replace
from datetime import timezone


def twin(name: str, args: tuple) -> tuple | None:
    """Return the arguments of a call that the cache takes for the first one, wrongly; None if there is none."""
    match name, args:
        case "invoice", (price,):
            return (price * Decimal("1.0"),)
        case "doors", (opens,):
            return (opens.astimezone(timezone.max),)
        case "stream_starts", (at,):
            other = at.replace(fold=1 - at.fold)
            return (other,) if at.utcoffset() != other.utcoffset() else None
        case "badge", (ticket,):
            return (replace(ticket, holder=f"not {ticket.holder}"),)
        case "order", (event, tickets):
            return event, tickets / 1 if tickets > 0 else tickets
        case "seat_label", ((row, number),):
            return ((row, float(number)),)
    return None
