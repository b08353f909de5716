import random

from course.checks import inside


def test_any_first_parameter_is_left_out():
    """The first parameter is the transaction, whatever it is called; the others stay of the kind that they are."""
    for line, left in {
        "def by_place(tx: object, order: int, /, seats: int = 1) -> str": "(order: int, /, seats: int = 1) -> str",
        "def by_name(tx: object, *, order: int, note: str = 'none') -> None": "(*, order: int, note: str = 'none') -> None",
        "def nothing(ledger: object) -> int": "() -> int",
    }.items():
        assert inside("signature_of", line) == left, "the transaction goes by its place, not by its name"


def test_ctrl_c_is_rolled_back():
    """A call that is interrupted is rolled back like one that failed."""
    came, log = inside("play", "book(1042, note='Ctrl-C')")
    assert (came, log[2:]) == (["KeyboardInterrupt: Ctrl-C, the very one"], ["rollback 1"]), "operators press Ctrl-C"


def test_a_commit_that_fails_is_rolled_back():
    """If the commit raises, the transaction is rolled back, once, and the exception goes on."""
    came, log = inside("play_on_a_full_disk", "book(1042)")
    assert (came, log[2:]) == (["OSError: disk full"], ["commit 1", "rollback 1"]), (
        "what was not committed is not booked"
    )


def test_decorating_starts_nothing():
    """A transaction is started for a call, not for the decoration, and each call has its own."""
    assert inside("decorate") == [], "a transaction that waits for its first call locks the ledger"
    came, log = inside("play", "book(1)", "book(2, note='too many')", "book(3)")
    assert [line for line in log if "book" not in line] == [
        "begin 1", "commit 1", "begin 2", "rollback 2", "begin 3", "commit 3",
    ], "each call begins one transaction, and ends it once"  # fmt: skip
    assert [came[0], came[2]] == [(1, 1), (3, 1)], "a failure between them is no matter of theirs"


def test_a_call_within_a_call_has_its_own_transaction(rng: random.Random):
    """A decorated function that calls itself runs in two transactions, one inside the other."""
    order = rng.randrange(1000)
    came, log = inside("play", f"book({order}, 1, [7, 2], note='another first', row='B')")
    assert log == [
        "begin 1",
        f"book {order} 1 [[7, 2]] 'another first' {{'row': 'B'}} in 1",
        "begin 2",
        "book 7 2 [] '' {} in 2",
        "commit 2",
        "commit 1",
    ], "what the inner call does is committed or rolled back by itself"
    assert came == [(7, 2)], "the outer call gives what the inner one gave"
