# Breaks the thrifty door whatever its limit.
# fails: test_thrifty_with_one_place
# says: in the same moment
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
            return [*(Call(takes=limit + place) for place in places), *inside, late]
        case "thrifty":
            return [*(Call() for _ in places), Call(), Call()]
    return None
