# Thinks that typed=True makes no difference.
# fails: test_a_gate_is_safe
# says: looks at these types
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
            return event, float(tickets)
        case "seat_label", ((row, number),):
            return ((row, float(number)),)
        case "gate", (event, number):
            return event, float(number)
    return None
