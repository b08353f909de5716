import random
from datetime import time

import answer
import pytest
from given import Gate

from course.checks import inside


def table(**keys: object) -> str:
    return "\n".join(["[[gate]]", *(f"{key} = {value}" for key, value in keys.items())]) + "\n\n"


def gate(name: str = "G1", **other: object) -> str:
    return table(**{"id": f'"{name}"', "limit": 400, "opens": "18:30:00"} | other)


def mistakes(text: str) -> object:
    left = inside("load", text)
    match left:
        case [str(outer), _, [*problems]]:
            return [outer, [[name, message[:8]] for name, message in problems]]
    return left


def test_a_key_that_nobody_knows_is_a_mistake(rng: random.Random):
    """A key too many is a wrong value, also where the three others are right."""
    text = gate(rng.choice(["G1", "G2"]), note='"left door"')
    assert mistakes(text) == ["ExceptionGroup", [["ValueError", "gate 1: "]]], "the next typo is a limit that is ignored"


def test_true_is_no_limit(rng: random.Random):
    """A limit is a whole number; `true` and 4.5 are of the wrong type."""
    for limit in ("true", "false", f"{rng.randint(1, 9)}.5"):
        assert mistakes(gate(limit=limit)) == ["ExceptionGroup", [["TypeError", "gate 1: "]]], "true would let in one an hour"


def test_a_gate_opens_at_a_time_of_day():
    """`opens` is a time; a date, a date with a time, and a text are of the wrong type."""
    for opens in ("2026-03-14", "2026-03-14T18:30:00", '"18:30"'):
        assert mistakes(gate(opens=opens)) == ["ExceptionGroup", [["TypeError", "gate 1: "]]], "every evening, not one"


def test_a_gate_is_named_by_a_text(rng: random.Random):
    """An `id` that is a number or a list is of the wrong type."""
    for name in (rng.randint(1, 9), '["G1"]'):
        assert mistakes(gate(id=name)) == ["ExceptionGroup", [["TypeError", "gate 1: "]]], "the turnstile sends a text"


def test_keys_come_before_types(rng: random.Random):
    """A table has one mistake: if its keys are wrong, their types are not looked at."""
    text = table(id=rng.randint(1, 9), limit='"many"')
    assert mistakes(text) == ["ExceptionGroup", [["ValueError", "gate 1: "]]], "one table, one line to mend"


def test_an_id_is_given_once(rng: random.Random):
    """A gate whose id an earlier gate has is a wrong value; a table that was refused has taken no id."""
    text = gate("G1", limit='"many"') + gate("G1") + gate("G2") * rng.randint(1, 3) + gate("G1")
    last = text.count("[[gate]]")
    twice = [["ValueError", f"gate {number}: "] for number in range(4, last + 1)]
    assert mistakes(text) == ["ExceptionGroup", [["TypeError", "gate 1: "], *twice]], "two gates with one name share one limit"


def test_all_of_many_mistakes_are_reported(rng: random.Random):
    """However many mistakes there are, the report has every one, each in its list, in the order of the file."""
    bad = [rng.choice(["types", "values"]) for _ in range(rng.randint(8, 15))]
    text = "".join(gate(f"G{n}", **({"limit": '"x"'} if kind == "types" else {"more": 1})) for n, kind in enumerate(bad, 1))
    expected = {key: [f"gate {n}:" for n, kind in enumerate(bad, 1) if kind == key] for key in ("types", "values")}
    found = {key: [text.partition(":")[0] + ":" for text in texts] for key, texts in answer.report(text).items()}
    assert found == expected, "what is left out is found at the next start"


def test_what_is_no_toml_is_not_in_the_report():
    """Text that is no TOML leaves both functions as the `TOMLDecodeError` it is, and in no group."""
    assert inside("load", "gate = [")[0] == "ValueError", "there are no tables yet, so there is nothing to collect"
    with pytest.raises(ValueError):
        answer.report("gate = [")


def test_a_hall_without_gates_has_none():
    """A file without a single gate gives no gates and no mistakes."""
    assert answer.load('hall = "Nordhalle"\n') == [], "an empty hall is not an error"
    assert answer.load(gate("G5")) == [Gate(id="G5", limit=400, opens=time(18, 30))]
