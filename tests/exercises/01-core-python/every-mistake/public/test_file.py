import random
from datetime import time

import answer
import pytest
from given import EVENING, Gate

from course.checks import inside


def table(**keys: object) -> str:
    return "\n".join(["[[gate]]", *(f"{key} = {value}" for key, value in keys.items())]) + "\n\n"


def some_gate(rng: random.Random, number: int) -> tuple[str, Gate]:
    gate = Gate(id=f"G{number}", limit=rng.randint(0, 900), opens=time(rng.randint(0, 23), rng.randint(0, 59)))
    return table(id=f'"{gate.id}"', limit=gate.limit, opens=gate.opens.isoformat()), gate


def kinds(left: object) -> object:
    """Return the class of a raised group and the classes in it, without the messages."""
    match left:
        case [str(outer), _, [*problems]]:
            return [outer, [name for name, _ in problems]]
    return left


def test_a_file_without_mistakes_gives_its_gates(rng: random.Random):
    """Every table becomes a gate, in the order of the file."""
    made = [some_gate(rng, number) for number in range(1, rng.randint(3, 6))]
    text = 'hall = "Nordhalle"\n' + "".join(part for part, _ in made)
    assert answer.load(text) == [gate for _, gate in made], "a gate that is missing here stays shut all evening"


@pytest.mark.points(2)
def test_every_mistake_is_raised_at_once():
    """The file of the evening has two mistakes: one `ExceptionGroup` holds both, in the order of the file."""
    assert kinds(inside("load", EVENING)) == ["ExceptionGroup", ["TypeError", "ValueError"]], (
        "one mistake a start is three starts at 18:25, with a queue outside"
    )


def test_each_mistake_says_which_table(rng: random.Random):
    """The message of a mistake begins with `gate N: `, where N counts the tables from 1."""
    good = [some_gate(rng, number)[0] for number in range(1, 6)]
    place = rng.randint(1, 5)
    good[place - 1] = table(id='"G99"', limit='"many"', opens="18:30:00")
    left = inside("load", "".join(good))
    begin = left[2][0][1][:8] if isinstance(left[0], str) and left[2] else left
    assert begin == f"gate {place}: ", "the one who mends the file has to find the line"


def test_the_report_sorts_mistakes_by_their_kind():
    """`report` lists the messages of wrong types and of wrong values apart."""
    found = answer.report(EVENING)
    assert {key: [text[:8] for text in texts] for key, texts in found.items()} == {
        "types": ["gate 2: "],
        "values": ["gate 3: "],
    }, "types go to whoever writes the tool, values to whoever wrote the file"


def test_a_good_file_has_an_empty_report(rng: random.Random):
    """Where nothing is wrong, both lists of the report are empty."""
    assert answer.report(some_gate(rng, 1)[0]) == {"types": [], "values": []}, "silence has to look the same every time"
