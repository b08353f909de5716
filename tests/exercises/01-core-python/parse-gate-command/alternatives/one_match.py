# One match with a case for each dialect of each command, and no step before it.
# exercise: core.parse-gate-command
def parse(raw: object) -> Command:
    words = raw
    if isinstance(raw, str):
        words = raw.split()
        words[:1] = [verb.lower() for verb in words[:1]]
    match words:
        case ["count", str(gate), str(digits)] if isinstance(raw, str) and digits.isdecimal():
            return Occupancy(gate=gate, people=int(digits))
        case ["admit", str(gate), str(), *_] | {"op": "admit", "gate": str(gate), "tickets": [str(), *_]}:
            tickets = raw["tickets"] if isinstance(raw, dict) else words[2:]
            if all(isinstance(ticket, str) for ticket in tickets):
                return Admit(gate=gate, tickets=tuple(tickets))
        case ["count", str(gate), bool()] | {"op": "count", "gate": str(gate), "people": bool()}:
            pass
        case ["count", str(gate), int(people)] | {"op": "count", "gate": str(gate), "people": int(people)}:
            if people >= 0:
                return Occupancy(gate=gate, people=people)
        case ["lock", str(gate)] | {"op": "lock", "gate": str(gate)}:
            return Switch(gate=gate, state=State.LOCKED)
        case ["open", str(gate)] | {"op": "open", "gate": str(gate)}:
            return Switch(gate=gate, state=State.OPEN)
    raise ValueError(f"no command in {raw!r}")
