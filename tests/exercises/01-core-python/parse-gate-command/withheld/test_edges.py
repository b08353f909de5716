import random

import answer
import pytest
from given import Admit, Occupancy, State, Switch


def outcome(raw: object) -> object:
    try:
        return answer.parse(raw)
    except ValueError:
        return "ValueError"


def test_true_is_no_number_of_people(rng: random.Random):
    """`true` is not one person, and fewer than none is not a number of people either."""
    gate = f"G{rng.randint(1, 40)}"
    for people in (True, False, -rng.randint(1, 9)):
        assert outcome(("count", gate, people)) == "ValueError", "the hall is closed by this number"
        assert outcome({"op": "count", "gate": gate, "people": people}) == "ValueError", "the hall is closed by this number"


def test_only_a_line_writes_numbers_as_text(rng: random.Random):
    """JSON and tuples carry the number of people as a number; text there is refused, in a line it is read."""
    gate, people = f"G{rng.randint(1, 40)}", rng.randint(0, 900)
    for number in (0, people):
        expected = Occupancy(gate=gate, people=number)
        assert answer.parse({"op": "count", "gate": gate, "people": number}) == expected, "nobody is a number, too"
        assert answer.parse(("count", gate, number)) == expected, "nobody is a number, too"
    for raw in ({"op": "count", "gate": gate, "people": str(people)}, ("count", gate, str(people))):
        assert outcome(raw) == "ValueError", "a device that sends text here is broken"
    for raw in (f"COUNT {gate} {people}x", f"COUNT {gate} -{people + 1}", f"COUNT {gate} {people}.5"):
        with pytest.raises(ValueError) as error:
            answer.parse(raw)
        assert repr(raw) in str(error.value), "the log has to show the line, not only the part that int() choked on"


def test_one_ticket_as_text_is_no_list_of_tickets(rng: random.Random):
    """In JSON, `tickets` is a list of texts. One text, a null in the list, or an empty list is refused."""
    gate = f"G{rng.randint(1, 40)}"
    for tickets in ("T-1042", ["T-1042", None], [rng.randint(1000, 9999)], []):
        assert outcome({"op": "admit", "gate": gate, "tickets": tickets}) == "ValueError", (
            "taken for a list, the text T-1042 would admit the tickets T, -, 1, 0, 4 and 2"
        )


def test_a_ticket_of_digits_stays_text(rng: random.Random):
    """A ticket code may consist of digits; it stays the text it was, zeros and all."""
    code = f"00{rng.randint(100, 999)}"
    assert answer.parse(f"ADMIT G7 {code}") == Admit(gate="G7", tickets=(code,)), "a code is no number: 00123 is not 123"


def test_newer_handhelds_may_say_more(rng: random.Random):
    """Keys that this version does not know are ignored."""
    raw = {"op": "lock", "gate": "G7", "battery": rng.randint(1, 100), "sent": "22:51"}
    assert answer.parse(raw) == Switch(gate="G7", state=State.LOCKED), "new firmware must not shut out old gates"


def test_nothing_is_refused_too():
    """What is empty, an admission without a ticket, and a gate that is no text are refused."""
    empty = ("", "   ", {}, (), "ADMIT G7", ("admit", "G7"))
    for raw in (*empty, ("lock", None), {"op": "open", "gate": 7}, ("admit", 7, "T-1042"), ("count", None, 3)):
        assert outcome(raw) == "ValueError", "a command that nobody gave must not reach a gate"
