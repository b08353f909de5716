# Ends without a case for the rest, so what is no command becomes None.
# fails: test_what_is_no_command_is_refused_by_name, test_true_is_no_number_of_people, test_only_a_line_writes_numbers_as_text, test_one_ticket_as_text_is_no_list_of_tickets, test_nothing_is_refused_too
# says: raises ValueError
# exercise: core.parse-gate-command
def parse(raw: object) -> Command:
    """Return the command in a line of text, a decoded JSON object or a tuple.

    Raise ValueError, with the repr of `raw` in its message, for anything else.
    """
    words = raw
    match raw:
        case str():
            words = [part if place else part.lower() for place, part in enumerate(raw.split())]
        case {"op": "admit", "gate": gate, "tickets": [*tickets]}:
            words = ["admit", gate, *tickets]
        case {"op": "count", "gate": gate, "people": people}:
            words = ["count", gate, people]
        case {"op": "open" | "lock" as op, "gate": gate}:
            words = [op, gate]
    match words:
        case ["admit", str(gate), *tickets] if tickets and all(isinstance(ticket, str) for ticket in tickets):
            return Admit(gate=gate, tickets=tuple(tickets))
        case ["count", str(gate), str(digits)] if isinstance(raw, str) and digits.isdecimal():
            return Occupancy(gate=gate, people=int(digits))
        case ["count", str(gate), int(people)] if people >= 0 and not isinstance(people, bool):
            return Occupancy(gate=gate, people=people)
        case ["open", str(gate)]:
            return Switch(gate=gate, state=State.OPEN)
        case ["lock", str(gate)]:
            return Switch(gate=gate, state=State.LOCKED)
