# No match and no except*: compares types in a table, and splits the caught group by hand.
# exercise: core.every-mistake
import tomllib
from datetime import time

WANTED = {"id": str, "limit": int, "opens": time}


def load(text: str) -> list[Gate]:
    gates: dict[str, Gate] = {}
    problems = []
    for number, table in enumerate(tomllib.loads(text).get("gate", ()), 1):
        if table.keys() != WANTED.keys():
            problems.append(ValueError(f"gate {number}: keys {', '.join(table)}"))
        elif [type(table[key]) for key in WANTED] != [*WANTED.values()]:
            problems.append(TypeError(f"gate {number}: types"))
        elif gates.setdefault(table["id"], gate := Gate(**table)) is not gate:
            problems.append(ValueError(f"gate {number}: {gate.id} again"))
    if problems:
        raise ExceptionGroup("gates", problems)
    return [*gates.values()]


def report(text: str) -> dict[str, list[str]]:
    types = values = None
    try:
        load(text)
    except ExceptionGroup as group:
        types, values = group.split(TypeError)
    return {
        "types": [str(problem) for problem in types.exceptions] if types else [],
        "values": [str(problem) for problem in values.exceptions] if values else [],
    }
