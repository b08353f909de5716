# No match at all: a table of verbs and isinstance.
# exercise: core.parse-gate-command
def parse(raw: object) -> Command:
    if isinstance(raw, str):
        verb, *rest = raw.split() or [""]
        verb = verb.lower()
        if verb == "count" and len(rest) == 2 and rest[1].isdigit():
            rest = [rest[0], int(rest[1])]
        elif verb == "count":
            verb = ""
    elif isinstance(raw, dict):
        verb, rest = raw.get("op"), [raw.get("gate")]
        if verb == "admit":
            tickets = raw.get("tickets")
            rest += tickets if isinstance(tickets, (list, tuple)) else [None]
        elif verb == "count":
            rest.append(raw.get("people"))
    else:
        verb, *rest = raw if isinstance(raw, (list, tuple)) and raw else [""]
    made = build(verb, *rest) if rest and isinstance(rest[0], str) else None
    if made is None:
        raise ValueError(f"{raw!r} is no command")
    return made


def build(verb, gate, *rest):
    if verb == "admit" and rest and {type(ticket) for ticket in rest} == {str}:
        return Admit(gate=gate, tickets=rest)
    if verb == "count" and len(rest) == 1 and type(rest[0]) is int and rest[0] >= 0:
        return Occupancy(gate=gate, people=rest[0])
    if verb in ("open", "lock") and not rest:
        return Switch(gate=gate, state=State.OPEN if verb == "open" else State.LOCKED)
    return None
