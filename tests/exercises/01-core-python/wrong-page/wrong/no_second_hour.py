# Thinks that a stream starts at one time, since it is shown in UTC.
# fails: test_the_hour_that_comes_twice, test_the_hour_that_never_comes
# says: comes twice
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
        case "badge", (ticket,):
            return (replace(ticket, holder=f"not {ticket.holder}"),)
        case "order", (event, tickets):
            return event, float(tickets)
        case "seat_label", ((row, number),):
            return ((row, float(number)),)
    return None
