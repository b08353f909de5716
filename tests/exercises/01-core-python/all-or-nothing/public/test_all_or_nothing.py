import random

import answer
import pytest

from course.checks import inside

TAKEN = "ValueError: B7 is taken"


def test_a_block_that_ends_well_keeps_its_changes(rng: random.Random):
    """What was written and deleted in a block that ended well stays."""
    eve, kim = (f"c-{rng.randrange(100, 999)}" for _ in range(2))
    left, _ = inside("play", {"A1": "Ana", "A2": "Ben"}, [f"B5 = {eve}", "del A1", f"A2 = {kim}"])
    assert left == {"A2": kim, "B5": eve}


def test_a_failure_gives_everything_back(rng: random.Random):
    """After a failure every seat is as it was before the block, new, deleted and changed ones."""
    eve, kim = (f"c-{rng.randrange(100, 999)}" for _ in range(2))
    steps = [f"B5 = {eve}", "del A1", f"A2 = {eve}", f"B5 = {kim}", "fail"]
    left, _ = inside("play", {"A1": "Ana", "A2": "Ben"}, steps)
    assert left == {"A1": "Ana", "A2": "Ben"}, "a seat changed twice goes back to the state before the first change"


def test_the_caller_sees_the_exception():
    """The exception that ended the block reaches the caller."""
    assert inside("play", {}, ["B5 = Eve", "fail"]) == ({}, [TAKEN]), "a booking that failed must not be confirmed"
    assert inside("play", {}, ["fail"]) == ({}, [TAKEN])


def test_others_see_each_change_at_once():
    """A change is in the dict as soon as it is made, and can be read through the transaction."""
    _, noted = inside("play", {"A1": "Ana"}, ["B5 = Eve", "others: see B5", "read B5", "del A1", "others: see A1"])
    assert noted == ["B5 is Eve", "B5 is Eve", "A1 is free"], "a hold that nobody sees keeps nobody away"


def test_writing_needs_a_block():
    """Outside of `with`, reading is allowed; writing and deleting raise RuntimeError and change nothing."""
    tx = answer.Transaction({"A1": "Ana"})
    with pytest.raises(RuntimeError):
        tx["A1"] = "Eve"
    with pytest.raises(RuntimeError):
        del tx["A1"]
    assert tx["A1"] == "Ana", "a change that no block guards could never be undone"


def test_a_missing_seat_is_a_key_error():
    """Reading or deleting a seat that is not there raises KeyError, as in a dict."""
    tx = answer.Transaction({})
    with pytest.raises(KeyError):
        tx["B7"]
    assert inside("play", {"A1": "Ana"}, ["del B7"]) == ({"A1": "Ana"}, ["KeyError: 'B7'"])
