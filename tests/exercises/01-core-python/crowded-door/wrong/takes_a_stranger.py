# Counts the people who are taken along from the end of the list.
# fails: test_polite_with_one_place, test_polite_with_more_places
# says: is a place in the list
# exercise: core.crowded-door
from dataclasses import replace


def breaking(name: str, limit: int) -> list[Call] | None:
    """Return an evening that crowds a door or leaves people waiting for ever; None if there is none."""
    places = range(limit)
    inside, late = [Call(lasts=LONG) for _ in places], Call(at=LATER)
    match name:
        case "look":
            return [*inside, Call()]
        case "bell":
            return [Call(), *inside, Call()]
        case "hasty":
            return [*inside, Call(gives_up=SOON), late]
        case "careless":
            return [*(replace(call, gives_up=SOON) for call in inside), late]
        case "polite":
            return [*(Call(takes=place - limit - 1) for place in places), *inside, late]
        case "thrifty" if limit > 1:
            return [*(Call() for _ in places), Call(), Call()]
    return None
