# Fetches all venues and looks through them in Python.
# fails: test_the_server_finds_them, test_a_section_that_nobody_has, test_no_size_at_all
# says: documents came for
# exercise: databases.box-for-ten
from pymongo import MongoClient


def rooms(url: str, section: str, at_least: int, at_most: int) -> list[tuple[str, int]]:
    """Return (venue's name, seats) of each section of a name and size, the smallest first."""
    with MongoClient(url) as client:
        found = [
            (each["name"], one["seats"])
            for each in client.get_default_database().venue.find()
            for one in each.get("sections", [])
            if one["name"] == section and at_least <= one["seats"] <= at_most
        ]
        return sorted(found, key=lambda pair: (pair[1], pair[0]))


def without(url: str, section: str) -> list[str]:
    """Return the names of the venues that have no section of that name, in order."""
    with MongoClient(url) as client:
        query = {"sections.name": {"$ne": section}}
        return [each["name"] for each in client.get_default_database().venue.find(query).sort("name")]
