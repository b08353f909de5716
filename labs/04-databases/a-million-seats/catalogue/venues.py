"""Venues, as documents in MongoDB, and the copies of them in Memcached."""

from __future__ import annotations

import json
from typing import Any

from catalogue import stores

SECONDS = 600


def read(number: int) -> dict[str, Any] | None:
    """Return a venue; most readers get the copy."""
    copy = stores.memcached().get(f"venue-{number}")
    if copy:
        return dict(json.loads(copy))
    venue = stores.mongodb().venue.find_one({"_id": number})
    stores.memcached().set(f"venue-{number}", json.dumps(venue), expire=SECONDS)
    return dict(venue) if venue else None


def change(number: int, facts: dict[str, Any]) -> bool:
    """Set facts of a venue; say whether there is one."""
    return bool(stores.mongodb().venue.update_one({"_id": number}, {"$set": facts}).matched_count)
