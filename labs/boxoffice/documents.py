"""The same venues and events as documents: for MongoDB's collections and for the search index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from boxoffice import world
from boxoffice.world import SMALL, Size

Document = dict[str, Any]


def venues(size: Size = SMALL) -> Iterator[Document]:
    """Yield each venue with its sections inside it; `_id` is its number in the tables."""
    for number, name, city, country, zone, facts in world.venues(size):
        sections = [{"name": each, "seats": size.seats // 4} for each in world.SECTIONS]
        yield {
            "_id": number,
            "name": name,
            "city": city,
            "country": country,
            "zone": zone,
            **facts,
            "sections": sections,
        }


def events(size: Size = SMALL) -> Iterator[Document]:
    """Yield each event with what a search shows of it: its venue, and price and free seats of each section.

    Prices are cents: neither JSON nor a search index has decimal numbers.
    """
    places = {venue["_id"]: venue for venue in venues(size)}
    for number, venue_id, title, artist, genre, description, starts_at, on_sale_at in world.events(size):
        free: Counter[str] = Counter()
        cents: dict[str, int] = {}
        for _, _, section, _, _, price, status, _, _ in world.seats(size, range(number, number + 1)):
            cents[section] = int(100 * price)
            free[section] += status == "free"
        sections = [{"name": each, "cents": cents[each], "free": free[each]} for each in cents]
        venue = {key: places[venue_id][key] for key in ("name", "city", "country")}
        yield {
            "_id": number, "title": title, "artist": artist, "genre": genre, "description": description,
            "starts_at": starts_at, "on_sale_at": on_sale_at, "venue": {"id": venue_id, **venue}, "sections": sections,
            "free": free.total(),
        }  # fmt: skip
