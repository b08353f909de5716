import random
from pathlib import Path

import answer
import pytest

from course.checks import apart, inside

GIVEN = (Path(__file__).parents[1] / "given.py").read_text("utf-8")


def accepted(lines: dict[str, str]) -> None:
    """Fail at the first line, or line above them, that mypy refuses; with each line goes why it should not."""
    for line, objection in apart("usage", answer.source, [*lines], GIVEN):
        if objection:
            apart("mypy", line)  # the call that the report shows
        assert (objection or "accepts it") == "accepts it", lines.get(
            line, "`start` makes ledgers, so a Ledger it may be"
        )


def refused(lines: dict[str, str]) -> None:
    """Fail at the first line that mypy accepts; with each line goes why it should not."""
    told = dict(apart("usage", answer.source, [*lines], GIVEN))
    for line, why in lines.items():
        if not told[line]:
            apart("mypy", line)
        assert ("refuses it" if told[line] else "accepts it") == "refuses it", why


def test_mypy_accepts_the_cell():
    """mypy has nothing to say about your cell in strict mode."""
    complaints = apart("complaints", answer.source, GIVEN)
    if complaints:
        apart("mypy", "your cell")
    assert complaints == [], "each line names what it lacks"


@pytest.mark.points(2)
def test_callers_pass_the_rest():
    """mypy accepts calls without the transaction, by place and by name, and knows the result."""
    accepted(
        {
            "assert_type(book(1042), str)": "a caller passes an order, and gets the text that `book` returns",
            "assert_type(book(1042, seats=2), str)": "the parameters that are left keep their names and defaults",
            "assert_type(book(order=1042), str)": "the parameters that are left keep their names and defaults",
            "assert_type(close(day='2026-11-30'), list[int])": "a parameter that goes by name only still does",
        }
    )


@pytest.mark.points(2)
def test_other_calls_are_refused():
    """mypy refuses a call that brings a transaction, lacks an argument, or has one of another type or name."""
    refused(
        {
            "book(Ledger(), 1042)": "the decorator brings the transaction: this ledger would arrive as the order",
            'book("1042")': "`book` takes an order that is an int",
            "book()": "`book` needs an order",
            "book(1042, places=2)": "`book` has no parameter `places`, so this call fails when it runs",
            "close('2026-11-30')": "`close` takes its day by name only",
            "book(1, 2, 3)": "of the parameters of `book` two are left",
        }
    )


def test_start_decides_what_the_first_parameter_may_be():
    """mypy refuses a function that wants another transaction than `start` makes, or none; and a `start` of something else."""
    refused(
        {
            "in_transaction(Ledger)(for_tills)": "a Ledger has no `print`: what `for_tills` does would fail when it runs",
            "in_transaction(Ledger)(for_numbers)": "`for_numbers` wants an int, and gets a Ledger",
            "in_transaction(Ledger)(for_nobody)": "`for_nobody` has no parameter that could take the Ledger",
            "in_transaction(int)(for_numbers)": "an int can neither commit nor roll back",
            "in_transaction(Ledger())": "`start` is called for each call; a ledger cannot be called",
        }
    )
    accepted({"in_transaction(Till)(for_tills)('E7')": "whatever commits and rolls back is a transaction"})


def test_a_call_runs_in_a_transaction(rng: random.Random):
    """A call starts a transaction, passes it with the arguments, commits, and gives what the function gave."""
    order, seats = rng.randrange(1000, 9999), rng.randrange(2, 9)
    came, log = inside("play", f"book({order}, {seats}, note='aisle')")
    assert log == ["begin 1", f"book {order} {seats} [] 'aisle' {{}} in 1", "commit 1"], (
        "start, the function with all arguments, commit: in this order, and each once"
    )
    assert came == [(order, seats)], "the caller is told what was booked"


def test_a_failure_is_rolled_back():
    """If the function raises, the transaction is rolled back and the very exception goes on."""
    came, log = inside("play", "book(1042, 9, note='too many')")
    assert log[2:] == ["rollback 1"], "half a booking must not stay in the ledger"
    assert came == ["ValueError: no 9 seats, the very one"], (
        "the caller decides what to do about it, and has to hear it"
    )


def test_name_and_docstring_stay():
    """A decorated function has its own name and docstring."""
    assert inside("name_and_docstring") == ("book", "Book seats of an order."), "logs and manuals go by them"


def test_inspect_shows_what_a_caller_passes():
    """`inspect.signature` shows the parameters that are left, and what is returned."""
    left = inside("signature_of", "def book(tx: object, order: int, seats: int = 1) -> str")
    assert left == "(order: int, seats: int = 1) -> str", "frameworks call a function by what its signature says"
