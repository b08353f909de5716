# Takes of each venue the first section that fits.
# fails: test_the_boxes_of_ten_to_thirty, test_any_venues
# says: a venue with two boxes is two lines
# exercise: databases.box-for-ten
from pymongo import MongoClient


def rooms(url: str, section: str, at_least: int, at_most: int) -> list[tuple[str, int]]:
    """Return (venue's name, seats) of each section of a name and size, the smallest first."""
    with MongoClient(url) as client:
        query = {"sections": {"$elemMatch": {"name": section, "seats": {"$gte": at_least, "$lte": at_most}}}}
        found = client.get_default_database().venue.find(query, {"name": 1, "sections.$": 1})
        return sorted(((each["name"], each["sections"][0]["seats"]) for each in found), key=lambda pair: (pair[1], pair[0]))


def without(url: str, section: str) -> list[str]:
    """Return the names of the venues that have no section of that name, in order."""
    with MongoClient(url) as client:
        query = {"sections.name": {"$ne": section}}
        return [each["name"] for each in client.get_default_database().venue.find(query).sort("name")]
