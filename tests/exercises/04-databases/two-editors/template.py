"""Two venues: one that was edited three times, one that never was."""

from pymongo import MongoClient


def load(url: str) -> None:
    """Fill an empty place."""
    hall = {"doors": "19:00", "phone": "040 77", "visits": 100, "contact": {"name": "Nora"}, "lines": ["U3"]}
    with MongoClient(url) as client:
        client.get_default_database().venue.insert_many(
            [{"_id": 1, "name": "Harbour Hall", **hall, "version": 3}, {"_id": 2, "name": "Mill", **hall}]
        )
