import random

from course.checks import inside

ANA, BEN, EVE = (("Ana", 0, 4, False), ("Ben", 1, 4, False), ("Eve", 2, 4, False))


def evening(limit: int, customers: tuple, leave: dict | None = None, **how) -> dict:
    told = inside("evening", limit, list(customers), leave or {}, **how)
    assert told["stuck"] == "", "after this evening a customer waits for a connection for ever"
    return told


def test_a_connection_is_used_again(rng: random.Random):
    """Customers who come one after the other share one connection."""
    told = evening(3, (("Ana", 0, 2, False), ("Ben", 20, 2, False), ("Eve", 40, 2, False)), trips=rng.randrange(1, 4))
    assert told["ends"] == {"Ana": "", "Ben": "", "Eve": ""}
    assert told["opened"] == 1, "a connection costs more than a booking"


def test_no_more_than_the_limit(rng: random.Random):
    """At no time are there more connections than the limit, and whoever has to wait is served in the end."""
    limit = rng.randrange(2, 5)
    crowd = tuple((f"C{n}", rng.randrange(3), rng.randrange(1, 6), False) for n in range(3 * limit))
    told = evening(limit, crowd)
    assert sorted(told["served"])[: len(crowd)] == sorted(name for name, *_ in crowd)
    assert told["together"] == limit, "all of the limit is to be used"
    assert told["most"] == limit, "the database refuses the next one, for every service"


def test_a_refused_booking_gives_its_connection_back():
    """When the body raises, the customer sees that exception, and the connection is there for the next one."""
    told = evening(1, (("Ana", 0, 2, True), ("Ben", 1, 2, False)))
    assert told["ends"] == {"Ana": "LookupError", "Ben": ""}
    assert (told["opened"], told["dirty"]) == (1, [])


def test_leaving_in_the_body():
    """A customer who leaves while the card is charged ends as cancelled, and the connection is reset and used again."""
    told = evening(1, (("Ana", 0, 9, False), BEN), {"Ana": 5})
    assert told["ends"] == {"Ana": "CancelledError", "Ben": ""}
    assert (told["opened"], told["dirty"]) == (1, [])


def test_leaving_during_the_reset(rng: random.Random):
    """A customer who leaves while the connection is being reset costs a connection, never a place."""
    trips, during = rng.randrange(3, 6), 0
    for at in range(1, 20):
        told = inside("evening", 1, [("Ana", 0, 4, False)], {"Ana": at}, trips=trips)
        if told["resetting"]:
            during += 1
            assert told["stuck"] == "", "the place of whoever left during the reset is gone"
            assert told["ends"] == {"Ana": "CancelledError"}, "whoever cancelled waits for this exception"
            assert told["dirty"] == [], "a connection whose reset was cut off is not clean"
            assert told["left"] == 1, "a connection in an unknown state is aborted, or the database keeps it open"
    assert during >= trips, "each connection is reset before the next customer gets it"


def test_leaving_the_queue():
    """A customer who leaves while waiting for a connection is passed over; the others are served in order."""
    told = inside("evening", 1, [ANA, BEN, EVE], {"Ben": 5})
    assert told["ends"] == {"Ana": "", "Ben": "CancelledError", "Eve": ""}, "Ana did nothing wrong"
    assert told["served"][:2] == ["Ana", "Eve"]
