"""Venues, as documents in MongoDB, and the copies of them in Memcached."""

from __future__ import annotations

import contextlib
import json
from typing import Any

from pymemcache.exceptions import MemcacheError

from catalogue import stores

SECONDS = 600


def read(number: int) -> dict[str, Any] | None:
    """Return a venue; most readers get the copy, and without the cache everybody gets the document.

    A copy is only put where there is none, and one that was taken away while the document was read stays away: `cas`.
    """
    client, key = stores.memcached(), f"venue-{number}"
    try:
        copy, token = client.gets(key)
        if copy:
            return dict(json.loads(copy))
        if token is None:
            client.add(key, b"", expire=SECONDS, noreply=False)
            _, token = client.gets(key)
    except (OSError, MemcacheError):
        token = None
    venue = stores.mongodb().venue.find_one({"_id": number})
    if venue and token is not None:
        _quietly(client.cas, key, json.dumps(venue).encode(), token, expire=SECONDS, noreply=False)
    return dict(venue) if venue else None


def change(number: int, facts: dict[str, Any]) -> bool:
    """Set facts of a venue and take its copy away; say whether there is one."""
    changed = bool(stores.mongodb().venue.update_one({"_id": number}, {"$set": facts}).matched_count)
    _quietly(stores.memcached().delete, f"venue-{number}", noreply=False)
    return changed


def _quietly(call: Any, *arguments: Any, **named: Any) -> None:
    """Do something to the cache, which may be gone."""
    with contextlib.suppress(OSError, MemcacheError):
        call(*arguments, **named)
