import random

import pytest

from course.checks import inside

TAKEN = "ValueError: B7 is taken"


def test_what_others_wrote_stays():
    """What others wrote to other seats while the block ran is not undone."""
    left, _ = inside("play", {"A1": "Ana", "A2": "Ben"}, ["B5 = Eve", "others: C1 = Zoe", "others: A2 = Zoe", "fail"])
    assert left == {"A1": "Ana", "A2": "Zoe", "C1": "Zoe"}, "a copy put back takes paid seats from other customers"


def test_a_blocked_seat_is_not_a_free_one():
    """A seat whose customer is None is blocked; after a failure it is blocked again, and a free one is free again."""
    left, _ = inside("play", {"A1": None}, ["A1 = Eve", "B5 = Eve", "fail"])
    assert left == {"A1": None}
    left, _ = inside("play", {"A1": None}, ["del A1", "B5 = None", "fail"])
    assert left == {"A1": None}, "None is a state of a seat, not its absence"


def test_ctrl_c_gives_everything_back():
    """A block that is interrupted is undone like one that failed."""
    expected = {"A1": "Ana"}, ["KeyboardInterrupt: Ctrl-C"]
    assert inside("play", {"A1": "Ana"}, ["B5 = Eve", "A1 = Eve", "stop"]) == expected, "operators press Ctrl-C"


def test_a_savepoint_undoes_its_own_changes_only():
    """When an inner block fails and the outer goes on, the changes made before and after it stay."""
    left, noted = inside("play", {}, ["B5 = Eve", ["B6 = Eve", "B5 = Kim", "fail"], "B8 = Eve"])
    assert (left, noted) == ({"B5": "Eve", "B8": "Eve"}, [TAKEN]), "the outer block has not failed"


def test_a_failure_outside_undoes_kept_savepoints():
    """When the outer block fails, the changes of inner blocks that ended well go too."""
    left, _ = inside("play", {"A1": "Ana"}, ["B5 = Eve", ["B6 = Eve", "del A1"], ["B5 = Kim"], "fail"])
    assert left == {"A1": "Ana"}, "the family booked all of it or none"


def test_a_transaction_can_be_used_again():
    """A block is not undone by the failure of a later one, and a failed block leaves nothing behind."""
    left, noted = inside("play", {}, ["B5 = Eve"], ["B6 = Eve", "fail"], ["B6 = Kim"], ["B7 = Zoe", "fail"])
    assert (left, noted) == ({"B5": "Eve", "B6": "Kim"}, [TAKEN, TAKEN])
    _, noted = inside("play", {"A1": "Ana"}, ["fail"], "A1 = Eve", "del A1")
    assert [line.partition(":")[0] for line in noted] == ["ValueError", "RuntimeError", "RuntimeError"]


def script(rng: random.Random, depth: int, holds: dict) -> tuple[list, dict]:
    """Return random steps for a block, and what they should make of `holds`: a copy a block is the oracle."""
    steps, now = [], dict(holds)
    for _ in range(rng.randrange(2, 7)):
        seat = f"A{rng.randrange(1, 6)}"
        if depth and rng.random() < 0.4:
            inner, after = script(rng, depth - 1, now)
            steps.append(inner)
            now = after
        elif seat in now and rng.random() < 0.4:
            steps.append(f"del {seat}")
            del now[seat]
        else:
            now[seat] = rng.choice([None, "Ana", "Ben", "Eve"])
            steps.append(f"{seat} = {now[seat]}")
    if rng.random() < 0.45:
        return [*steps, "fail"], dict(holds)
    return steps, now


@pytest.mark.points(2)
def test_any_nesting_of_blocks(rng: random.Random):
    """Blocks in blocks, up to four deep, failing or not, leave what a copy taken before each block would leave."""
    for _ in range(25):
        holds = {f"A{n}": rng.choice([None, "Ana"]) for n in range(1, 6) if rng.random() < 0.5}
        steps, expected = script(rng, 3, holds)
        left, _ = inside("play", holds, steps)
        assert left == expected
