import random

from course.checks import inside


def gave(keep: int, *steps: str) -> list[object]:
    """What each step gave: the number of the load whose event it was."""
    return [gave for gave, _, _ in inside("play", keep, list(steps))]


def alive(keep: int, *steps: str) -> list[int]:
    """Which loads are alive after the last step."""
    return inside("play", keep, list(steps))[-1][1]


def test_an_event_is_loaded_once_while_it_is_recent(rng: random.Random):
    """An event that was used a moment ago is the same object, and is not loaded again."""
    a, b = rng.sample(["E1", "E2", "E3"], 2)
    assert gave(2, f"get {a}", f"get {b}", f"get {a}", f"get {b}") == [1, 2, 1, 2]


def test_only_the_last_ones_are_kept(rng: random.Random):
    """When nobody holds them, as many events are alive as are kept, and not one more."""
    keep = rng.randrange(2, 6)
    left = alive(keep, *(f"get E{number}" for number in range(keep + 4)))
    assert left == [5 + place for place in range(keep)], "2,000 events of 3 MB do not fit"


def test_an_event_that_is_used_stays():
    """Who is asked for again counts as used: the one that was used longest ago goes."""
    assert alive(2, "get E1", "get E2", "get E1", "get E3") == [1, 3]


def test_what_a_request_holds_is_shared(rng: random.Random):
    """An event that somebody holds is given to all who ask, however long ago it was loaded."""
    others = [f"get E{number}" for number in range(2, 2 + rng.randrange(4, 8))]
    assert gave(2, "hold E1", *others, "get E1")[-1] == 1, "two objects of one event, and each has half of the holds"


def test_nothing_is_kept_for_others_than_the_last():
    """An event that was held for long, and was used long ago, goes when it is let go."""
    assert alive(2, "hold E1", "get E2", "get E3", "get E4", "drop E1") == [3, 4], "the holder was the last to need it"


def test_a_changed_event_is_loaded_again():
    """After forget the next get loads, and everybody gets the new one from then on."""
    assert gave(2, "hold E1", "forget E1", "get E1", "get E1") == [1, None, 2, 2], "the old one shows yesterday's prices"
    assert gave(1, "forget E1", "get E1") == [None, 1], "a key that is not there is no error"
    assert alive(2, "get E1", "forget E1") == [], "it will never be given again: what is it kept for?"


def test_len_counts_what_is_alive(rng: random.Random):
    """Counted are the keys that would not be loaded: recent ones, and those that somebody holds."""
    keep = rng.randrange(2, 5)
    steps = ["hold E1", *(f"get E{number}" for number in range(2, keep + 5)), "drop E1", "forget E2"]
    sizes = [size for _, _, size in inside("play", keep, steps)]
    assert (sizes[0], *sizes[-3:]) == (1, keep + 1, keep, keep), "an event that is gone would have to be loaded"
