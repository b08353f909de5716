# Makes the venue again where somebody has deleted it.
# fails: test_a_venue_that_is_deleted_stays_deleted
# says: there is nothing left to edit
# exercise: databases.two-editors
import copy
from collections.abc import Callable
from typing import Any

from pymongo import MongoClient


def edit(url: str, venue: int, change: Callable[[dict[str, Any]], dict[str, Any]], attempts: int) -> int:
    """Save what `change` makes of a venue, unless somebody else edited it meanwhile; return the attempts that it took."""
    with MongoClient(url) as client:
        venues = client.get_default_database().venue
        for attempt in range(1, attempts + 1):
            last = venues.find_one({"_id": venue})
            if last is None:
                raise LookupError(f"there is no venue {venue}")
            new = change(copy.deepcopy(last))
            written = {name: value for name, value in new.items() if name not in last or last[name] != value}
            gone = {name: "" for name in last if name not in new}
            if not written and not gone:
                return attempt
            update = {"$set": written | {"version": last.get("version", 0) + 1}} | ({"$unset": gone} if gone else {})
            if venues.update_one({"_id": venue, "version": last.get("version")}, update).matched_count:
                return attempt
            if not venues.count_documents({"_id": venue}):
                venues.insert_one(new)
                return attempt
    raise Conflict(last)
