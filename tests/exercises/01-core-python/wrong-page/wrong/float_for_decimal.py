# Writes the price as a float: equal only by luck, and never for cents.
# fails: test_an_invoice, test_prices_of_any_form
# says: takes it for a new call
# exercise: core.wrong-page
from dataclasses import replace
from datetime import timezone


def twin(name: str, args: tuple) -> tuple | None:
    """Return the arguments of a call that the cache takes for the first one, wrongly; None if there is none."""
    match name, args:
        case "invoice", (price,):
            return (float(price),)
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
    return None
