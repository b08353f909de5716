import random
from pathlib import Path

import answer
import pytest

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


def test_mypy_accepts_the_cell():
    """mypy has nothing to say about your cell in strict mode."""
    assert apart("complaints", answer.source, GIVEN) == [], "each line names what it lacks"


@pytest.mark.points(2)
def test_callers_pass_the_rest():
    """mypy accepts calls without the transaction, by place and by name, and knows the result."""
    told = said(
        "assert_type(book(1042), str)",
        "assert_type(book(1042, seats=2), str)",
        "assert_type(book(order=1042), str)",
        "assert_type(close(day='2026-11-30'), list[int])",
    )
    assert {line: objection for line, objection in told.items() if objection} == {}, (
        "nobody else writes the transaction"
    )


@pytest.mark.points(2)
def test_other_calls_are_refused():
    """mypy refuses a call that brings a transaction, lacks an argument, or has one of another type or name."""
    lines = [
        "book(Ledger(), 1042)",
        'book("1042")',
        "book()",
        "book(1042, places=2)",
        "close('2026-11-30')",
        "book(1, 2, 3)",
    ]
    assert refused(*lines) == lines, "only these were refused: a signature was lost on the way"


def test_a_call_runs_in_a_transaction(rng: random.Random):
    """A call starts a transaction, passes it with the arguments, commits, and gives what the function gave."""
    order, seats = rng.randrange(1000, 9999), rng.randrange(2, 9)
    came, log = inside("play", ([order, seats], {"note": "aisle"}))
    assert log == ["begin 1", f"book {order} {seats} [] 'aisle' {{}} in 1", "commit 1"]
    assert came == [(order, seats)], "the caller is told what was booked"


def test_a_failure_is_rolled_back():
    """If the function raises, the transaction is rolled back and the very exception goes on."""
    came, log = inside("play", ([1042, 9], {"note": "fail"}))
    assert log[2:] == ["rollback 1"], "half a booking must not stay in the ledger"
    assert came == ["ValueError: no 9 seats, the very one"]


def test_name_and_docstring_stay():
    """A decorated function has its own name and docstring."""
    assert inside("told")[:2] == ("book", "Book seats of an order.")
