import random

import pytest

from course.checks import inside


def evening(limit: int, customers: tuple, leave: dict | None = None, **how) -> dict:
    told = inside("evening", limit, list(customers), leave or {}, **how)
    assert told["stuck"] == "", "after this evening a customer waits for a connection for ever"
    return told


def test_leaving_while_a_connection_is_opened(rng: random.Random):
    """A customer who leaves while the connection is being opened takes no place along."""
    trips = rng.randrange(3, 7)
    evenings = [evening(1, (("Ana", 0, 3, False),), {"Ana": at}, trips=trips) for at in range(1, 20)]
    cut = [told for told in evenings if told["opening"]]
    assert len(cut) == trips
    for told in cut:
        assert (told["ends"], told["together"]) == ({"Ana": "CancelledError"}, 1)


def test_a_connection_that_cannot_be_opened(rng: random.Random):
    """When opening fails, this customer sees the error, and the place is free for the next."""
    told = evening(1, (("Ana", 0, 3, False), ("Ben", 1, 3, False)), connect_fails=1, trips=rng.randrange(1, 4))
    assert told["ends"] == {"Ana": "ConnectionError", "Ben": ""}


def test_leaving_at_the_moment_of_the_hand_over(rng: random.Random):
    """Whoever leaves the queue, at whichever pass, leaves a place for the next."""
    for at in range(2, 24):
        told = evening(1, (("Ana", 0, 4, False), ("Ben", 1, 4, False), ("Eve", 2, 4, False)), {"Ben": at})
        assert told["ends"] == {"Ana": "", "Ben": "CancelledError" if told["cut"] else "", "Eve": ""}
        assert told["dirty"] == []


def test_first_come_first_served(rng: random.Random):
    """Waiting customers are served in the order in which they came."""
    order = [f"C{n}" for n in range(rng.randrange(5, 9))]
    told = evening(2, tuple((name, 2 * at, 9, False) for at, name in enumerate(order)))
    assert told["served"][: len(order)] == order, "who waits longest has the least patience left"
    for at in range(2, 20):
        told = evening(1, (("Ana", 0, 3, False), ("Ben", 1, 3, False), ("Eve", at, 3, False)))
        assert told["served"][:3] == ["Ana", "Ben", "Eve"], "whoever has been woken is next, not whoever comes by"


def test_a_failed_reset_is_no_concern_of_the_customers():
    """When the reset raises ConnectionError, the booking stands, and the connection is aborted."""
    told = evening(1, (("Ana", 0, 3, False), ("Ben", 1, 3, True)), reset="fails", calm=True)
    assert told["ends"] == {"Ana": "", "Ben": "LookupError"}, "the booking was committed before the reset"
    assert (told["opened"], told["alive"]) == (2, 0), (
        "a connection in an unknown state is aborted, or the database keeps it open"
    )
    assert told["dirty"] == []


def test_a_failed_reset_does_not_end_a_cancellation():
    """When the reset fails for a customer who has left, the task ends as cancelled all the same."""
    told = evening(1, (("Ana", 0, 9, False),), {"Ana": 5}, reset="fails", calm=True)
    assert told["ends"] == {"Ana": "CancelledError"}, "whoever cancelled waits for this exception"


def test_a_reset_that_is_never_answered():
    """A reset is given up after two seconds; the booking stands, the connection is aborted, the next is served."""
    told = evening(1, (("Ana", 0, 3, False), ("Ben", 1, 3, False)), reset="hangs", calm=True)
    assert told["ends"] == {"Ana": "", "Ben": ""}, "a deadline of ours is no error of the booking"
    assert (told["alive"], told["dirty"]) == (0, [])
    assert told["took"] == pytest.approx(4.0), "two seconds each"


def test_a_slow_reset_is_waited_for():
    """A reset that takes a second and a half is no reason to abort."""
    told = evening(1, (("Ana", 0, 3, False), ("Ben", 1, 3, False)), reset="slow")
    assert (told["opened"], told["alive"], told["dirty"]) == (1, 1, [])


@pytest.mark.points(3)
def test_leaving_at_every_await(rng: random.Random):
    """Whoever leaves, at whichever pass of the loop: no connection is lost, none is dirty, none is one too many."""
    for _ in range(4):
        limit, trips, reset = rng.randrange(1, 4), rng.randrange(1, 4), rng.choice(["", "fails", "slow"])
        crowd = tuple((f"C{n}", rng.randrange(4), rng.randrange(1, 6), rng.random() < 0.3) for n in range(limit + 3))
        leaver = rng.choice(crowd)[0]
        for at in range(1, 40):
            told = evening(limit, crowd, {leaver: at}, trips=trips, reset=reset, calm=True)
            for name, _, _, fails in crowd:
                usual = "LookupError" if fails else ""
                assert told["ends"][name] == ("CancelledError" if name in told["cut"] else usual)
            assert told["dirty"] == []
            assert told["together"] == limit, "a place is gone for good"
            assert (told["most"], told["left"]) == (limit, told["most"]), "aborted or idle, a connection is counted"
