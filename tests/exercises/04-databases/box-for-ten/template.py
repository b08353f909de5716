"""Five venues: with two boxes, with none, without sections, and with a circle that is larger than any box."""

from pymongo import MongoClient

VENUES = [
    ("Harbour Hall", [("Circle", 400), ("Box", 20)]),
    ("Mill", [("Box", 12), ("Stalls", 900), ("Box", 24)]),
    ("Lantern Street Theatre", [("Stalls", 310), ("Box", 12)]),
    ("Depot", []),
    ("Opal House", [("Circle", 25), ("Box", 8), ("Box", 60)]),
]


def load(url: str) -> None:
    """Fill an empty place."""
    documents = [
        {"_id": number, "name": name, "sections": [{"name": section, "seats": seats} for section, seats in sections]}
        for number, (name, sections) in enumerate(VENUES, 1)
    ]
    with MongoClient(url) as client:
        client.get_default_database().venue.insert_many([*documents, {"_id": 6, "name": "Kaze Dome"}])
