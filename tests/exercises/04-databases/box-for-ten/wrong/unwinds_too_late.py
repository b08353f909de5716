# Asks for two elements, and unwinds what it found.
# fails: test_one_section_meets_all_conditions, test_any_venues, test_the_boxes_of_ten_to_thirty, test_no_size_at_all
# says: the name of one section, the seats of another
# exercise: databases.box-for-ten
from pymongo import MongoClient


def rooms(url: str, section: str, at_least: int, at_most: int) -> list[tuple[str, int]]:
    """Return (venue's name, seats) of each section of a name and size, the smallest first."""
    with MongoClient(url) as client:
        pipeline = [
            {"$match": {"sections.name": section, "sections.seats": {"$gte": at_least, "$lte": at_most}}},
            {"$unwind": "$sections"},
            {"$match": {"sections.name": section}},
            {"$sort": {"sections.seats": 1, "name": 1}},
        ]
        found = client.get_default_database().venue.aggregate(pipeline)
        return [(each["name"], each["sections"]["seats"]) for each in found]


def without(url: str, section: str) -> list[str]:
    """Return the names of the venues that have no section of that name, in order."""
    with MongoClient(url) as client:
        query = {"sections.name": {"$ne": section}}
        return [each["name"] for each in client.get_default_database().venue.find(query).sort("name")]
