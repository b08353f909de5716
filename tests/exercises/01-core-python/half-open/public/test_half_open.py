import random

from course.checks import inside

NAMES = ["web", "till", "app"]


def gather_feeds(names=NAMES, failing=(), cuts=None, trips=1, slow=None, body="", limit=None, steals=False) -> dict:
    return inside("gather_feeds", list(names), list(failing), cuts or {}, trips, slow or {}, body, limit, steals)


def done(*asked: str) -> list[str]:
    return [line for what in asked for line in (what, f"{what}: done")]


def opened(*names: str) -> list[str]:
    return done(*(f"open {name}" for name in names))


def closed(*names: str) -> list[str]:
    return done(*(f"close {name}" for name in names))


def test_all_goes_well(rng: random.Random):
    """Feeds are opened one by one in order, given as a list, and closed one by one in reverse order."""
    names = [f"F{rng.randrange(10, 99)}-{n}" for n in range(rng.randrange(2, 6))]
    told = gather_feeds(names, trips=rng.randrange(1, 4))
    assert told["given"] == names
    assert told["log"] == [*opened(*names), *done("body"), *closed(*reversed(names))]
    assert told["raised"] is None


def test_a_feed_that_cannot_be_opened(rng: random.Random):
    """When a feed cannot be opened, those before it are closed in reverse order, and the error reaches the caller."""
    told = gather_feeds(failing=["open app"], trips=rng.randrange(1, 4))
    assert told["log"] == [*opened("web", "till"), "open app", *closed("till", "web")], "each one left open is paid for"
    assert told["raised"] == "ConnectionError: open app failed", "one error needs no group around it"


def test_a_body_that_fails():
    """When the body raises, all feeds are closed, and the caller sees that very exception."""
    told = gather_feeds(body="LookupError")
    assert told["log"][-6:] == closed("app", "till", "web")
    assert (told["raised"], told["same"]) == ("LookupError: sold out", True)


def test_a_close_that_fails():
    """When a feed cannot be closed, the others are closed all the same, and its error comes in a group."""
    told = gather_feeds(failing=["close till"])
    assert told["log"][-5:] == [*closed("app"), "close till", *closed("web")], (
        "one broken feed must not keep others open"
    )
    assert told["raised"] == ["ExceptionGroup", "ConnectionError: close till failed"], (
        "an error of a close is in a group"
    )


def test_every_error_is_kept():
    """The error of the body and those of the closings come in one group, in the order in which they happened."""
    told = gather_feeds(failing=["close till", "close app"], body="LookupError")
    errors = ["LookupError: sold out", "ConnectionError: close app failed", "ConnectionError: close till failed"]
    assert told["raised"] == ["ExceptionGroup", *errors], "the last error is seldom the cause of the first"


def test_a_cancelled_body(rng: random.Random):
    """When the task is cancelled in the body, all feeds are closed, and the caller sees CancelledError."""
    trips = rng.randrange(1, 4)
    told = gather_feeds(trips=trips, cuts={"body": [rng.randrange(1, trips + 1)]})
    assert told["log"][-8:] == ["body", "body: cut off", *closed("app", "till", "web")]
    assert (told["raised"], told["cause"]) == ("CancelledError", None)
