# Raises the first mistake by itself and never sees the second.
# fails: test_every_mistake_is_raised_at_once, test_a_gate_opens_at_a_time_of_day, test_a_key_that_nobody_knows_is_a_mistake, test_all_of_many_mistakes_are_reported, test_an_id_is_given_once, test_each_mistake_says_which_table, test_keys_come_before_types, test_the_report_sorts_mistakes_by_their_kind, test_true_is_no_limit, test_a_gate_is_named_by_a_text
# says: three starts
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
                case (str(), int(), time()) if not isinstance(limit, bool):
                    pass
                case _:
                    raise TypeError(f"gate {number}: {table} has a value of the wrong type")
            if name in [gate.id for gate in gates]:
                raise ValueError(f"gate {number}: there is a {name} already")
            gates.append(Gate(id=name, limit=limit, opens=opens))
        except (TypeError, ValueError) as problem:
            raise
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
