import random

import pytest

from course.checks import inside


def test_a_sold_out_event_is_an_event():
    """An event whose len is 0, since no seat is free, is shared and kept like any other."""
    told = inside("play", 2, ["get E1", "get E1", "get E2", "get E1"], 0)
    assert [gave for gave, _, _ in told] == [1, 1, 2, 1], "no free seats is not the same as no event"


def test_a_cache_that_keeps_nothing_still_shares():
    """With keep=0 an event is given, shared while it is held, and gone with its holder."""
    told = inside("play", 0, ["get E1", "hold E1", "get E1", "drop E1"])
    assert [gave for gave, _, _ in told] == [1, 2, 2, 2], "keep=0 keeps nothing"
    assert [alive for _, alive, _ in told] == [[], [2], [2], []], "the holder alone keeps it"


def test_a_failed_load_changes_nothing():
    """When load raises, its error reaches the caller, no event is pushed out, and the next get asks again."""
    told = inside("play", 2, ["get E1", "get E2", "down E3", "get E3", "up E3", "get E3"])
    assert told[3] == ("no answer for E3", [1, 2], 2), "a partner who is down takes nobody's place"
    assert told[5] == (3, [2, 3], 2), "a failure is no event"


def test_use_brings_an_event_back():
    """An event that a request held and that is asked for again is among the last used, also after the request."""
    told = inside("play", 2, ["hold E1", "get E2", "get E3", "get E1", "drop E1"])
    assert told[-1][1] == [1, 3], "it was used after E2"


def test_the_end_of_an_old_object_is_no_end_of_the_new_one():
    """The old object of a key that was forgotten dies later than the new one was loaded: the new one stays shared."""
    told = inside("play", 1, ["hold E1", "forget E1", "get E1", "drop E1", "get E1"])
    assert [gave for gave, _, _ in told] == [1, None, 2, 1, 2], "somebody let go of yesterday's object"
    assert [size for _, _, size in told] == [1, 0, 1, 1, 1]


def test_keys_of_events_that_are_gone_are_gone(rng: random.Random):
    """Of many events, asked for once each, no more keys are left than events are kept."""
    keep, many = rng.randrange(1, 5), rng.randrange(40, 80)
    left = inside("keys_left", keep, many)
    assert left == keep, f"{left} keys are left of {many}: a small leak is a leak"


@pytest.mark.points(2)
def test_any_night(rng: random.Random):
    """Whatever is asked for, held, let go and forgotten, in any order."""
    for keep in (0, 1, 3):
        steps, expected = night(rng, keep)
        assert inside("play", keep, steps) == expected


def night(rng: random.Random, keep: int) -> tuple[list[str], list[object]]:
    """Return steps, and what each gives, by counting on paper."""
    steps, expected = [], []
    loads, now, recent, held = 0, {}, [], {}
    for _ in range(60):
        key = rng.choice(["E1", "E2", "E3", "E4", "E5", "E6"])
        what = rng.choice(["get", "get", "hold", "drop", "forget"])
        gave = None
        if what == "forget":
            now.pop(key, None)
            recent = [k for k in recent if k != key]
        elif what == "drop":
            if key not in held:
                continue
            gave = held.pop(key)
        else:
            if key not in now:
                loads += 1
                now[key] = loads
            gave = now[key]
            recent = [*(k for k in recent if k != key), key][-keep:] if keep else []
            if what == "hold":
                held[key] = gave
        now = {k: number for k, number in now.items() if k in recent or number in held.values()}
        steps.append(f"{what} {key}")
        expected.append((gave, sorted({*now.values(), *held.values()}), len(now)))
    return steps, expected
