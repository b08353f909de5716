# Turns every word of digits into a number, ticket codes as well.
# fails: test_a_ticket_of_digits_stays_text
# says: a code is no number
# exercise: core.parse-gate-command
def parse(raw: object) -> Command:
    """Return the command in a line of text, a decoded JSON object or a tuple.

    Raise ValueError, with the repr of `raw` in its message, for anything else.
    """
    words = raw
    match raw:
        case str():
            words = [int(part) if part.isdecimal() else part for part in raw.split()]
            words[:1] = [str(word).lower() for word in words[:1]]
        case {"op": "admit", "gate": gate, "tickets": [*tickets]}:
            words = ["admit", gate, *tickets]
        case {"op": "count", "gate": gate, "people": people}:
            words = ["count", gate, people]
        case {"op": "open" | "lock" as op, "gate": gate}:
            words = [op, gate]
    match words:
        case ["admit", str(gate), *tickets] if tickets and (isinstance(raw, str) or all(isinstance(ticket, str) for ticket in tickets)):
            return Admit(gate=gate, tickets=tuple(tickets))
        case ["count", str(gate), str(digits)] if isinstance(raw, str) and digits.isdecimal():
            return Occupancy(gate=gate, people=int(digits))
        case ["count", str(gate), int(people)] if people >= 0 and not isinstance(people, bool):
            return Occupancy(gate=gate, people=people)
        case ["open", str(gate)]:
            return Switch(gate=gate, state=State.OPEN)
        case ["lock", str(gate)]:
            return Switch(gate=gate, state=State.LOCKED)
    raise ValueError(f"no command: {raw!r}")
