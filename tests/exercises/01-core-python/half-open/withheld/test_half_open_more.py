import random

import pytest

from course.checks import inside

NAMES = ["web", "till", "app"]


def gather_feeds(names=NAMES, failing=(), cuts=None, trips=1, slow=None, body="", limit=None, steals=False) -> dict:
    return inside("gather_feeds", list(names), list(failing), cuts or {}, trips, slow or {}, body, limit, steals)


def done(*asked: str) -> list[str]:
    return [line for what in asked for line in (what, f"{what}: done")]


def closed(*names: str) -> list[str]:
    return done(*(f"close {name}" for name in names))


def test_a_cancellation_while_opening(rng: random.Random):
    """A cancellation that cuts an opening off closes what was opened before it."""
    trips = rng.randrange(1, 4)
    told = gather_feeds(trips=trips, cuts={"open till": [rng.randrange(1, trips + 1)]})
    assert told["log"] == [*done("open web"), "open till", "open till: cut off", *closed("web")], (
        "the web feed was open"
    )
    assert told["raised"] == "CancelledError"


def test_a_cancellation_cuts_no_close_off(rng: random.Random):
    """A cancellation while a feed is being closed waits until this one and all others are closed."""
    trips = rng.randrange(1, 5)
    told = gather_feeds(trips=trips, cuts={"close till": [rng.randrange(1, trips + 1)]})
    assert told["log"][-6:] == closed("app", "till", "web"), "a partner who is left half-way keeps the feed open"
    assert told["raised"] == "CancelledError"


def test_the_second_cancellation_is_no_stronger(rng: random.Random):
    """Cancelled several times while it closes, it closes everything, and ends as cancelled once."""
    told = gather_feeds(trips=5, cuts={"body": [2], "close app": [1, 2, 4], "close web": [5]})
    assert told["log"][-6:] == closed("app", "till", "web"), "impatience is no reason to leave a feed open"
    assert told["raised"] == "CancelledError"


def test_a_cancellation_keeps_its_name(rng: random.Random):
    """A cancelled task ends with CancelledError; the errors on the way hang behind it, as its cause, in a group."""
    cut = rng.choice(["body", "close app"])
    told = gather_feeds(cuts={cut: [1]}, failing=["close web", "close app"])
    assert told["raised"] == "CancelledError", "a timeout would not know a group for its own cancellation"
    errors = ["ConnectionError: close app failed", "ConnectionError: close web failed"]
    assert told["cause"] == ["ExceptionGroup", *errors], "no error is lost"
    told = gather_feeds(cuts={"close till": [1]}, body="LookupError")
    assert (told["raised"], told["cause"]) == ("CancelledError", ["ExceptionGroup", "LookupError: sold out"])


def test_a_close_that_never_comes_to_an_end(rng: random.Random):
    """A close that takes longer than the limit is cut off and counts as TimeoutError; the next one has its own time."""
    limit = rng.choice([2.0, 3.0, 7.5])
    told = gather_feeds(slow={"close app": limit + 60, "close web": limit - 1}, limit=limit)
    late = ["close app", "close app: cut off"]
    assert told["log"][-6:] == [*late, *closed("till", "web")], "the next feed can do nothing about it"
    assert told["raised"] == ["ExceptionGroup", "TimeoutError"]
    assert told["took"] == pytest.approx(2 * limit - 1), "the limit is for each close, in seconds"


def test_the_limit_is_five_seconds_unless_told_otherwise():
    """Without a limit of its own, a close of four seconds is waited for, and one of six is not."""
    told = gather_feeds(slow={"close app": 4.0, "close web": 6.0})
    assert told["log"][-6:] == [*closed("app", "till"), "close web", "close web: cut off"], "five seconds each"
    assert told["took"] == pytest.approx(9.0)


def test_a_group_of_the_body_stays_one_error():
    """An ExceptionGroup that the body raises reaches the caller as it is; with others it is one member of theirs."""
    told = gather_feeds(body="group")
    group = ["ExceptionGroup", "ValueError: till 1", "ValueError: till 2"]
    assert (told["raised"], told["same"]) == (group, True), "the body raised one thing"
    told = gather_feeds(body="group", failing=["close web"])
    errors = [group, "ConnectionError: close web failed"]
    assert told["raised"] == ["ExceptionGroup", *errors], "a group of the body is one error of ours"


def test_the_list_belongs_to_the_body():
    """A body that empties the list it was given keeps no feed open."""
    told = gather_feeds(steals=True)
    assert told["log"][-6:] == closed("app", "till", "web"), "what was opened is known to whoever opened it"


def expected(names: list[str], failing: list[str], cuts: dict[str, list[int]]) -> tuple[list[str], object, object]:
    """Return the log, what the caller sees, and its cause."""
    log, errors, feeds = [], [], []
    cancelled = first = False

    def ask(what: str, guarded: bool) -> bool:
        nonlocal cancelled
        log.append(what)
        cancelled = cancelled or what in cuts
        if what in cuts and not guarded:
            log.append(f"{what}: cut off")
            return False
        if what in failing:
            errors.append(f"ConnectionError: {what} failed")
            return False
        log.append(f"{what}: done")
        return True

    for name in names:
        if not ask(f"open {name}", guarded=False):
            break
        feeds.append(name)
    else:
        ask("body", guarded=False)
    first = len(errors) == 1
    for name in reversed(feeds):
        ask(f"close {name}", guarded=True)
    group = ["ExceptionGroup", *errors] if errors else None
    if cancelled:
        return log, "CancelledError", group
    return log, errors[0] if first and len(errors) == 1 else group, None


@pytest.mark.points(3)
def test_a_cancellation_at_every_await(rng: random.Random):
    """Cancelled once or twice, at any await, with any feeds failing: every feed is closed, every error is kept."""
    for _ in range(12):
        names = [f"F{n}" for n in range(rng.randrange(4))]
        trips = rng.randrange(1, 4)
        every = [*(f"open {name}" for name in names), "body", *(f"close {name}" for name in names)]
        failing = rng.sample(every, rng.randrange(min(3, len(every)) + 1)) if rng.random() < 0.6 else []
        for what in ("", *every):
            cuts = {what: rng.sample(range(1, trips + 1), rng.randrange(1, trips + 1))} if what else {}
            if rng.random() < 0.3:
                cuts |= {rng.choice(every): [1]}
            told = gather_feeds(names, failing, cuts, trips)
            assert (told["log"], told["raised"], told["cause"]) == expected(names, failing, cuts)
            assert told["left"] == 0, "a close that goes on behind the caller's back is not finished"
