import random

import pytest

from course.checks import inside


def transact(body: str = "", failing: tuple[str, ...] = (), trips: int = 1, **cuts: int) -> dict:
    return inside("transact", body, list(failing), cuts, trips)


def test_a_commit_that_is_cancelled(rng: random.Random):
    """A cancellation in the commit drops the session, rolls nothing back, and reaches the caller."""
    trips = rng.randrange(1, 5)
    told = transact(trips=trips, commit=rng.randrange(1, trips + 1))
    assert told["log"][4:] == ["commit", "abort"], "a roll-back would be sent into the middle of a commit"
    assert told["raised"] == "CancelledError"
    assert told["outcome"] == "unknown", "nobody knows whether it arrived"


def test_a_begin_that_is_cancelled(rng: random.Random):
    """A cancellation in the begin drops the session, although the block was never entered."""
    trips = rng.randrange(1, 5)
    told = transact(trips=trips, begin=rng.randrange(1, trips + 1))
    assert told["log"] == ["begin", "abort"], "nobody calls __aexit__ for what was not entered"
    assert told["raised"] == "CancelledError"
    assert told["outcome"] == "unknown"


def test_a_failed_rollback_does_not_hide_the_reason():
    """When the roll-back raises ConnectionError, the caller sees the exception of the block."""
    told = transact("ValueError", failing=("rollback",))
    assert (told["raised"], told["same"]) == ("ValueError", True), "the roll-back is not what the customer asked for"
    assert told["log"][4:] == ["rollback", "abort"]
    assert told["outcome"] == "unknown"


def test_a_failed_rollback_does_not_end_a_cancellation(rng: random.Random):
    """When the roll-back of a cancelled block fails, the caller sees the cancellation."""
    told = transact(failing=("rollback",), work=1)
    assert told["raised"] == "CancelledError", "a task that was cancelled must end as a cancelled one"
    assert told["log"][2:] == ["work", "rollback", "abort"]


def test_a_rollback_that_is_cancelled(rng: random.Random):
    """A cancellation in the roll-back drops the session and reaches the caller, whatever the block raised."""
    trips = rng.randrange(1, 5)
    told = transact("ValueError", trips=trips, rollback=rng.randrange(1, trips + 1))
    assert told["raised"] == "CancelledError", "a cancellation is not swallowed, also not for a better reason"
    assert told["log"][4:] == ["rollback", "abort"]
    assert told["outcome"] == "unknown"


def test_whatever_ends_the_block():
    """An exception that is no Exception rolls back as well."""
    told = transact("Closed")
    assert told["log"][4:] == ["rollback", "rollback answered"], "the house is empty, and the seats are held"
    assert (told["raised"], told["same"]) == ("Closed", True)


def expected(body: str, failing: list[str], cuts: dict[str, int]) -> tuple[list[str], str, str]:
    """Return what the session is asked, what the caller sees, and the outcome."""
    log: list[str] = []

    def ask(what: str) -> str:
        log.append(what)
        if what in cuts or what in failing:
            return "CancelledError" if what in cuts else "ConnectionError"
        log.append(f"{what} answered")
        return ""

    def drop(raised: str) -> tuple[list[str], str, str]:
        return [*log, "abort"], raised, "unknown"

    if trouble := ask("begin"):
        return drop(trouble)
    raised = ask("work") or body
    trouble = ask("rollback" if raised else "commit")
    if trouble:
        return drop(raised if raised and trouble == "ConnectionError" else trouble)
    return log, raised, "rolled back" if raised else "committed"


@pytest.mark.points(2)
def test_a_cancellation_at_every_await(rng: random.Random):
    """Cancelled at each await of each call, with other troubles before and after: log, exception and outcome hold."""
    for cut in ("begin", "work", "commit", "rollback", ""):
        for body in ("", "ValueError"):
            trips, also = rng.randrange(1, 5), rng.sample(["begin", "work", "commit", "rollback"], rng.randrange(3))
            for number in range(1, trips + 1):
                cuts = {cut: number} if cut else {}
                if rng.random() < 0.3:
                    cuts[rng.choice(["work", "rollback"])] = number
                told = transact(body, tuple(also), trips, **cuts)
                assert (told["log"], told["raised"], told["outcome"]) == expected(body, also, cuts)
