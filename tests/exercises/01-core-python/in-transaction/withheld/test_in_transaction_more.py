import random
from pathlib import Path

import answer

from course.checks import apart, inside

GIVEN = (Path(__file__).parents[1] / "given.py").read_text("utf-8")
SETUP = """
from typing import assert_type

@in_transaction(Ledger)  # whose own method is used
def book(tx: Ledger, order: int, seats: int = 1) -> str:
    tx.write(f"{order}: {seats}")
    return f"booked {seats}"

@in_transaction(Ledger)
def close(tx: Transaction, *, day: str) -> list[int]:
    return []

class Till:
    def commit(self) -> None: ...
    def rollback(self) -> None: ...
    def print(self, line: str) -> None: ...

def for_tills(tx: Till, line: str) -> None: tx.print(line)
def for_numbers(tx: int, line: str) -> None: ...
def for_nobody() -> None: ...
""".splitlines()


def said(*lines: str) -> dict[str, str]:
    """Return what mypy says about each line below the answer; nothing where it has no objection."""
    return dict(apart("usage", answer.source, [*SETUP, *lines], GIVEN))


def refused(*lines: str) -> list[str]:
    told = said(*lines)
    return [line for line in lines if told[line]]


def test_start_decides_what_the_first_parameter_may_be():
    """mypy refuses a function that wants another transaction than `start` makes, or none; and a `start` of something else."""
    lines = [
        "in_transaction(Ledger)(for_tills)",
        "in_transaction(Ledger)(for_numbers)",
        "in_transaction(Ledger)(for_nobody)",
        "in_transaction(int)(for_numbers)",
        "in_transaction(Ledger())",
    ]
    assert refused(*lines) == lines, "only these were refused: the others fail when they run"
    assert refused("in_transaction(Till)(for_tills)('E7')") == [], "whatever commits and rolls back is a transaction"


def test_inspect_shows_what_a_caller_passes():
    """`inspect.signature` shows the parameters that are left; frameworks call functions by what it says."""
    assert inside("shown") == [
        "(order: int, /, seats: int = 1) -> str",
        "(*, order: int, note: str = 'none') -> None",
        "() -> int",
    ]


def test_ctrl_c_is_rolled_back():
    """A call that is interrupted is rolled back like one that failed."""
    came, log = inside("play", ([1042], {"note": "stop"}))
    assert (came, log[2:]) == (["KeyboardInterrupt: Ctrl-C, the very one"], ["rollback 1"]), "operators press Ctrl-C"


def test_a_commit_that_fails_is_rolled_back():
    """If the commit raises, the transaction is rolled back, once, and the exception goes on."""
    came, log = inside("play", ([1042], {}), full=True)
    assert (came, log[2:]) == (["OSError: disk full"], ["commit 1", "rollback 1"]), (
        "what was not committed is not booked"
    )


def test_decorating_starts_nothing():
    """A transaction is started for a call, not for the decoration, and each call has its own."""
    assert inside("told")[3] == [], "a transaction that waits for its first call locks the ledger"
    came, log = inside("play", ([1], {}), ([2], {"note": "fail"}), ([3], {}))
    assert [line for line in log if "book" not in line] == [
        "begin 1", "commit 1", "begin 2", "rollback 2", "begin 3", "commit 3",
    ]  # fmt: skip
    assert [came[0], came[2]] == [(1, 1), (3, 1)]


def test_a_call_within_a_call_has_its_own_transaction(rng: random.Random):
    """A decorated function that calls itself runs in two transactions, one inside the other."""
    order = rng.randrange(1000)
    came, log = inside("play", ([order, 1, [7, 2]], {"note": "first", "row": "B"}))
    assert log == [
        "begin 1",
        f"book {order} 1 [[7, 2]] 'first' {{'row': 'B'}} in 1",
        "begin 2",
        "book 7 2 [] '' {} in 2",
        "commit 2",
        "commit 1",
    ]
    assert came == [(7, 2)]
