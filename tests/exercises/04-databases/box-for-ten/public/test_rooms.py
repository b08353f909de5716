import random

import answer
import pytest
from pymongo import MongoClient


def test_the_boxes_of_ten_to_thirty(place):
    """Each box of 10 to 30 places is a line, the smallest first, equal ones by their venue."""
    found = [tuple(pair) for pair in answer.rooms(place.url, "Box", 10, 30)]
    wanted = [("Lantern Street Theatre", 12), ("Mill", 12), ("Harbour Hall", 20), ("Mill", 24)]
    assert found == wanted, "a venue with two boxes is two lines"


@pytest.mark.points(2)
def test_one_section_meets_all_conditions(place):
    """Name and size are those of one section: a circle of the right size is no box."""
    assert answer.rooms(place.url, "Box", 21, 59) == [("Mill", 24)], "the name of one section, the seats of another"
    assert answer.rooms(place.url, "Circle", 10, 30) == [("Opal House", 25)]


def test_the_bounds_are_included(place, rng: random.Random):
    """A section with exactly so many seats fits."""
    name, seats = rng.choice([("Box", 20), ("Circle", 400), ("Stalls", 310)])
    assert [found for _, found in answer.rooms(place.url, name, seats, seats)] == [seats], "both bounds belong to what was asked for"


@pytest.mark.points(2)
def test_who_has_none(place):
    """Without a box are those of whose sections none is one, those without sections included."""
    assert answer.without(place.url, "Box") == ["Depot", "Kaze Dome"], "a circle beside the box does not take the box away"
    assert answer.without(place.url, "Circle") == ["Depot", "Kaze Dome", "Lantern Street Theatre", "Mill"]


@pytest.mark.writes
def test_any_venues(place, rng: random.Random):
    """Whatever the venues have, the lines are those of a look through all of them."""
    names, kinds = [f"Hall {number}" for number in rng.sample(range(100, 999), 40)], ["Box", "Stalls", "Circle"]
    halls = [(name, [(rng.choice(kinds), rng.randrange(5, 40)) for _ in range(rng.randrange(5))]) for name in names]
    low, high = sorted(rng.sample(range(8, 38), 2))
    halls += [("Hall 1", [("Box", low), ("Circle", 50), ("Box", high)])]
    with MongoClient(place.admin) as client:
        venue = client.get_default_database().venue
        venue.delete_many({})
        venue.insert_many(
            [{"name": name, "sections": [{"name": kind, "seats": seats} for kind, seats in all_]} for name, all_ in halls]
        )
    wanted = sorted((seats, name) for name, all_ in halls for kind, seats in all_ if kind == "Box" and low <= seats <= high)
    assert [(seats, name) for name, seats in answer.rooms(place.url, "Box", low, high)] == wanted
    none = sorted(name for name, all_ in halls if "Box" not in [kind for kind, _ in all_])
    assert answer.without(place.url, "Box") == none
