# Forgets those who have no sections.
# fails: test_who_has_none, test_any_venues, test_a_section_that_nobody_has
# says: does not take the box away
# exercise: databases.box-for-ten
from pymongo import MongoClient


def rooms(url: str, section: str, at_least: int, at_most: int) -> list[tuple[str, int]]:
    """Return (venue's name, seats) of each section of a name and size, the smallest first."""
    with MongoClient(url) as client:
        pipeline = [
            {"$unwind": "$sections"},
            {"$match": {"sections.name": section, "sections.seats": {"$gte": at_least, "$lte": at_most}}},
            {"$sort": {"sections.seats": 1, "name": 1}},
        ]
        found = client.get_default_database().venue.aggregate(pipeline)
        return [(each["name"], each["sections"]["seats"]) for each in found]


def without(url: str, section: str) -> list[str]:
    """Return the names of the venues that have no section of that name, in order."""
    with MongoClient(url) as client:
        query = {"sections.0": {"$exists": True}, "sections.name": {"$ne": section}}
        return [each["name"] for each in client.get_default_database().venue.find(query).sort("name")]
