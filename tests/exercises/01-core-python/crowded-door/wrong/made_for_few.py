# Sends three people to the first door and the bell, enough for a limit of one or two.
# fails: test_every_limit
# says: whatever their limit
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
            return [Call(), *inside[:2], Call()]
        case "hasty":
            return [*inside, Call(gives_up=SOON), late]
        case "careless":
            return [*(replace(call, gives_up=SOON) for call in inside), late]
        case "polite":
            return [*(Call(takes=limit + place) for place in places), *inside, late]
        case "thrifty" if limit > 1:
            return [*(Call() for _ in places), Call(), Call()]
    return None
