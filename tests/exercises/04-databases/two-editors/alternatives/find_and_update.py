# Lets the server find and update in one command, and keeps what was read as bytes.
# exercise: databases.two-editors
from collections.abc import Callable
from typing import Any

from bson import decode, encode
from pymongo import MongoClient


def edit(url: str, venue: int, change: Callable[[dict[str, Any]], dict[str, Any]], attempts: int) -> int:
    """Save what `change` makes of a venue, unless somebody else edited it meanwhile; return the attempts that it took."""
    with MongoClient(url) as client:
        venues = client.get_default_database()["venue"]
        attempt, last = 0, None
        while attempt < attempts:
            attempt += 1
            last = venues.find_one(venue)
            if last is None:
                raise LookupError(venue)
            raw = encode(last)
            new, old = change(last), decode(raw)
            update = {"$set": {}, "$unset": dict.fromkeys(old.keys() - new.keys(), 1)}
            for name in new:
                if name not in old or new[name] != old[name]:
                    update["$set"][name] = new[name]
            update = {operator: fields for operator, fields in update.items() if fields}
            if not update:
                return attempt
            update["$inc"] = {"version": 1}
            version = {"version": old["version"]} if "version" in old else {"version": {"$exists": False}}
            if venues.find_one_and_update({"_id": venue, **version}, update):
                return attempt
            last = old
    raise Conflict(last)
