# Takes any name for a gate.
# fails: test_a_gate_is_named_by_a_text
# says: the turnstile sends a text
# exercise: core.every-mistake
import tomllib
from datetime import time


def load(text: str) -> list[Gate]:
    """Return the gates of a TOML text, or raise one ExceptionGroup with a TypeError or ValueError for each wrong table."""
    gates, problems = [], []
    for number, table in enumerate(tomllib.loads(text).get("gate", []), 1):
        try:
            match table:
                case {"id": name, "limit": limit, "opens": opens, **rest} if not rest:
                    pass
                case _:
                    raise ValueError(f"gate {number}: id, limit and opens wanted, found {sorted(table)}")
            match name, limit, opens:
                case (_, int(), time()) if not isinstance(limit, bool):
                    pass
                case _:
                    raise TypeError(f"gate {number}: {table} has a value of the wrong type")
            if name in [gate.id for gate in gates]:
                raise ValueError(f"gate {number}: there is a {name} already")
            gates.append(Gate(id=name, limit=limit, opens=opens))
        except (TypeError, ValueError) as problem:
            problems.append(problem)
    if problems:
        raise ExceptionGroup("gates", problems)
    return gates


def report(text: str) -> dict[str, list[str]]:
    """Return the messages of all mistakes under "types" and "values", each list in the order of the file."""
    found = {"types": [], "values": []}
    tomllib.loads(text)  # except* would take a lone TOMLDecodeError too: it is a ValueError
    try:
        load(text)
    except* TypeError as group:
        found["types"] += map(str, group.exceptions)
    except* ValueError as group:
        found["values"] += map(str, group.exceptions)
    return found
