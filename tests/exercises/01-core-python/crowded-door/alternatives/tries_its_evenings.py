# Has one list of evenings for all doors, tries each on the door in question, and returns the first that breaks it.
# exercise: core.crowded-door
def breaking(name: str, limit: int) -> list[Call] | None:
    """Return an evening that crowds a door or leaves people waiting for ever; None if there is none."""
    stay, quick = Call(lasts=9.0), Call(lasts=1.0)
    evenings = [
        [quick] * (limit + 2),
        [quick] + [stay] * (limit + 1),
        [stay] * limit + [Call(gives_up=2.0)] * 2 + [Call(at=3.0, lasts=4.0)] * 2,
        [Call(lasts=9.0, gives_up=2.0)] * limit + [Call(at=3.0)],
        [Call(takes=limit + n) for n in range(limit)] + [stay] * limit + [Call(at=20.0)],
    ]
    return next((evening for evening in evenings if outcome(name, limit, evening) != "holds"), None)
