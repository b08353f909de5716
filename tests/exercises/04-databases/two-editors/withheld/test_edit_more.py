import random

import answer
import pytest
from pymongo import MongoClient

from course.checks import inside

pytestmark = pytest.mark.writes


def venue(place, number: int) -> dict | None:
    with MongoClient(place.admin) as client:
        return client.get_default_database().venue.find_one({"_id": number})


@pytest.mark.points(2)
def test_a_venue_that_is_deleted_stays_deleted(place):
    """A venue that is deleted while somebody edits it does not come back."""

    def change(found: dict) -> dict:
        with MongoClient(place.admin) as client:
            client.get_default_database().venue.delete_one({"_id": 1})
        return {**found, "doors": "18:30"}

    assert inside("edit", place.url, 1, change, 3) == ("LookupError", None), "there is nothing left to edit"
    assert venue(place, 1) is None, "a venue that was sold in March sells tickets in May"


def test_nothing_altered_is_nothing_written(place):
    """Who looks and changes nothing writes nothing, also no version, and nobody loses a race to him."""
    before = venue(place, 1), venue(place, 2)
    assert [answer.edit(place.url, number, dict, 3) for number in (1, 2)] == [1, 1]
    assert (venue(place, 1), venue(place, 2)) == before, "a look is no edit"


def test_fields_can_go(place, rng: random.Random):
    """What is missing in what `change` returns is removed, and nothing else."""
    name = rng.choice(["phone", "doors", "contact"])
    before = venue(place, 1)
    answer.edit(place.url, 1, lambda found: {key: value for key, value in found.items() if key != name}, 3)
    assert venue(place, 1) == {**{key: before[key] for key in before if key != name}, "version": 4}, f"{name} was taken out"


@pytest.mark.points(2)
def test_a_change_in_place_is_a_change(place, rng: random.Random):
    """A `change` that alters what it is given, however deep, is saved like any other."""
    phone = f"040 {rng.randrange(1_000, 9_999)}"
    inside("edit_in_place", place.url, 1, "phone", phone)
    after = venue(place, 1)
    assert (after["contact"], after["lines"]) == ({"name": "Nora", "phone": phone}, ["U3", phone]), "told: saved"
    assert after["version"] == 4


def test_what_is_raised_reaches_the_caller(place):
    """What `change` raises reaches the caller, and nothing is saved."""
    before = venue(place, 1)

    def change(found: dict) -> dict:
        raise PermissionError("not yours")

    assert inside("edit", place.url, 1, change, 3) == ("PermissionError", None)
    assert venue(place, 1) == before


def test_an_empty_value_is_a_value(place):
    """A field that is set to nothing is there, and holds nothing."""
    answer.edit(place.url, 1, lambda found: {**found, "phone": None, "doors": "", "visits": 0}, 3)
    after = {name: value for name, value in venue(place, 1).items() if not value}
    assert after == {"phone": None, "doors": "", "visits": 0}, "to empty a field is not to remove it"
