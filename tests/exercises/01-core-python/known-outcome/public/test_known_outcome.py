import random

from course.checks import inside


def transact(body: str = "", failing: tuple[str, ...] = (), trips: int = 1, **cuts: int) -> dict:
    return inside("transact", body, list(failing), cuts, trips)


def test_a_block_that_ends_well_is_committed(rng: random.Random):
    """A block that ends normally begins, works and commits; nobody sees an exception."""
    told = transact(trips=rng.randrange(1, 5))
    assert told["log"] == ["begin", "begin answered", "work", "work answered", "commit", "commit answered"]
    assert told["raised"] == ""
    assert told["outcome"] == "committed"


def test_the_block_gets_the_open_transaction():
    """`as tx` gives the transaction itself, and its outcome is open while the block runs."""
    told = transact()
    assert told["gave"] is True, "support looks the outcome up in the object that `as` gave"
    assert told["during"] == "open"


def test_a_block_that_fails_is_rolled_back(rng: random.Random):
    """A block that ends by an exception rolls back, and the caller sees that very exception."""
    told = transact("ValueError", trips=rng.randrange(1, 5))
    assert told["log"][4:] == ["rollback", "rollback answered"]
    assert (told["raised"], told["same"]) == ("ValueError", True), "the customer must hear that B7 is taken"
    assert told["outcome"] == "rolled back"


def test_a_block_that_is_cancelled_is_rolled_back(rng: random.Random):
    """A cancellation inside the block rolls back, and goes on as a cancellation."""
    trips = rng.randrange(1, 5)
    told = transact(trips=trips, work=rng.randrange(1, trips + 1))
    assert told["log"][2:] == ["work", "rollback", "rollback answered"], "whoever left has bought nothing"
    assert told["raised"] == "CancelledError", "whoever cancelled waits for this exception"
    assert told["outcome"] == "rolled back"


def test_a_failed_commit_leaves_the_outcome_open_to_question():
    """A commit that raises is neither done nor undone: the session is dropped, its error reaches the caller."""
    told = transact(failing=("commit",))
    assert told["log"][4:] == ["commit", "abort"], "a session in an unknown state is asked nothing more"
    assert told["raised"] == "ConnectionError"
    assert told["outcome"] == "unknown", "the commit may have arrived"


def test_nothing_was_begun():
    """A begin that raises drops the session; the block does not run."""
    told = transact(failing=("begin",))
    assert told["log"] == ["begin", "abort"]
    assert told["raised"] == "ConnectionError"
    assert told["outcome"] == "unknown"
