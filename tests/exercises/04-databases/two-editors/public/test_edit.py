import random

import answer
import pytest
from pymongo import MongoClient

from course.checks import inside

pytestmark = pytest.mark.writes


def venue(place, number: int) -> dict | None:
    with MongoClient(place.admin) as client:
        return client.get_default_database().venue.find_one({"_id": number})


def write(place, number: int, update: dict) -> None:
    with MongoClient(place.admin) as client:
        client.get_default_database().venue.update_one({"_id": number}, update)


def edited(place, number: int) -> None:
    """Be the other editor: change the phone number, and add one to the version."""
    write(place, number, {"$set": {"phone": "040 1234"}, "$inc": {"version": 1}})


def test_an_edit_is_saved(place, rng: random.Random):
    """What `change` has set is saved, and the version is one higher."""
    doors = f"{rng.randrange(17, 20)}:30"
    before = venue(place, 1)
    assert answer.edit(place.url, 1, lambda found: {**found, "doors": doors, "bar": True}, 3) == 1
    assert venue(place, 1) == {**before, "doors": doors, "bar": True, "version": 4}


@pytest.mark.points(2)
def test_nobody_is_saved_over(place, rng: random.Random):
    """Whoever lost a race loads again: both edits are there, and the attempts are counted."""
    lost = rng.randrange(1, 4)
    seen = []

    def change(found: dict) -> dict:
        seen.append(found["version"])
        if len(seen) <= lost:
            edited(place, 1)
        return {**found, "doors": "18:30"}

    assert answer.edit(place.url, 1, change, 9) == lost + 1, "somebody edited in between"
    after = venue(place, 1)
    assert (after["phone"], after["doors"]) == ("040 1234", "18:30"), "both were told that they had saved"
    assert (seen, after["version"]) == ([*range(3, lost + 4)], lost + 4), "each attempt begins with what is there"


@pytest.mark.points(2)
def test_visits_are_not_lost(place, rng: random.Random):
    """What the web server adds while an editor thinks is still there; it is no edit, and costs no attempt."""
    visits = rng.randrange(2, 50)

    def change(found: dict) -> dict:
        write(place, 1, {"$inc": {"visits": visits}})
        return {**found, "doors": "18:30"}

    assert answer.edit(place.url, 1, change, 1) == 1
    assert venue(place, 1)["visits"] == 100 + visits, "the form had read 100, and saved 100"


def test_a_venue_that_was_never_edited(place):
    """Without a version the first edit writes 1, and a second editor is noticed all the same."""
    seen = []

    def change(found: dict) -> dict:
        seen.append(found.get("version"))
        if len(seen) == 1:
            edited(place, 2)
        return {**found, "doors": "18:30"}

    assert answer.edit(place.url, 2, change, 3) == 2
    after = venue(place, 2)
    assert (after["phone"], after["version"], seen) == ("040 1234", 2, [None, 1]), "old documents have editors, too"


def test_the_first_edit_writes_1(place):
    """A document without a version is saved at the first attempt where nobody else edits it."""
    assert answer.edit(place.url, 2, lambda found: {**found, "doors": "18:30"}, 1) == 1, "it has no version, and that is none"
    after = venue(place, 2)
    assert (after["doors"], after["version"]) == ("18:30", 1)


def test_lost_races_end(place, rng: random.Random):
    """After so many lost races `Conflict` is raised, with the last document that was read; nothing is saved."""
    attempts = rng.randrange(1, 4)

    def change(found: dict) -> dict:
        edited(place, 1)
        return {**found, "doors": "18:30"}

    name, last = inside("edit", place.url, 1, change, attempts)
    assert name == "Conflict", "an editor who is told nothing believes that he has saved"
    assert last["version"] == 2 + attempts, "he sees against what he lost"
    assert venue(place, 1)["doors"] == "19:00"


def test_what_is_not_there_is_not_made(place):
    """For an unknown venue LookupError is raised, and none is made."""
    assert inside("edit", place.url, 9, lambda found: {"_id": 9, "name": "Ghost"}, 3) == ("LookupError", None)
    assert venue(place, 9) is None
