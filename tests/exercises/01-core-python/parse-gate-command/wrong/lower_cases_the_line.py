# Lower-cases the whole line, gates and tickets with it.
# fails: test_a_line_admits_everyone_on_it, test_the_word_in_front_may_be_written_anyhow, test_lock_locks_and_open_opens, test_a_ticket_of_digits_stays_text
# says: respelt
# exercise: core.parse-gate-command
def parse(raw: object) -> Command:
    """Return the command in a line of text, a decoded JSON object or a tuple.

    Raise ValueError, with the repr of `raw` in its message, for anything else.
    """
    words = raw
    match raw:
        case str():
            words = raw.lower().split()
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
    raise ValueError(f"no command: {raw!r}")
