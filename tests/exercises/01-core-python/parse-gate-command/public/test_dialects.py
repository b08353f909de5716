import random

import answer
import pytest
from given import Admit, Occupancy, State, Switch


def some_gate(rng: random.Random) -> str:
    return f"G{rng.randint(1, 40)}"


def some_tickets(rng: random.Random) -> tuple[str, ...]:
    return tuple(f"T-{rng.randint(1000, 9999)}" for _ in range(rng.randint(2, 5)))


def test_a_line_admits_everyone_on_it(rng: random.Random):
    """A family walks in on one line: `ADMIT`, the gate, then every ticket."""
    gate, tickets = some_gate(rng), some_tickets(rng)
    assert answer.parse(f"ADMIT {gate} {' '.join(tickets)}") == Admit(gate=gate, tickets=tickets), (
        "a ticket that is lost here leaves a child outside; one that is respelt is valid nowhere"
    )


def test_the_word_in_front_may_be_written_anyhow(rng: random.Random):
    """In a line, the case of the first word and the width of the gaps do not matter."""
    gate, people = some_gate(rng), rng.randint(0, 900)
    word = rng.choice(["COUNT", "count", "Count", "cOUNT"])
    assert answer.parse(f"  {word}\t{gate}   {people}\n") == Occupancy(gate=gate, people=people), (
        "handhelds of four generations are in use, and each has its own habits"
    )


@pytest.mark.points(2)
def test_lock_locks_and_open_opens(rng: random.Random):
    """Lock and open do what they say, in all three dialects."""
    gate = some_gate(rng)
    for word, state in (("lock", State.LOCKED), ("open", State.OPEN)):
        for raw in (f"{word.upper()} {gate}", {"op": word, "gate": gate}, (word, gate)):
            assert answer.parse(raw) == Switch(gate=gate, state=state), "a lock that opens lets the street in"


def test_json_and_tuples_say_the_same(rng: random.Random):
    """A JSON object and a tuple admit the same people as the line does."""
    gate, tickets = some_gate(rng), some_tickets(rng)
    expected = Admit(gate=gate, tickets=tickets)
    assert answer.parse({"op": "admit", "gate": gate, "tickets": list(tickets)}) == expected, "one gate, one meaning"
    assert answer.parse(("admit", gate, *tickets)) == expected, "one gate, one meaning"


@pytest.mark.parametrize("raw", ["DANCE G7", "LOCK", {"op": "lock"}, ("lock", "G7", "G8"), 7, None])
def test_what_is_no_command_is_refused_by_name(raw):
    """Whatever is no command raises ValueError, and the message shows it."""
    with pytest.raises(ValueError) as error:
        answer.parse(raw)
    assert repr(raw) in str(error.value), "whoever reads the log at 22:51 has to see what the handheld sent"
