"""The search, in Elasticsearch, and the titles that it has to keep in step with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from elasticsearch import helpers

from catalogue import stores

INDEX = "events"
FIELDS = ("title", "artist", "genre", "description")


def fill(events: Iterable[dict[str, Any]]) -> None:
    """Make the index anew and put every event into it."""
    client = stores.elasticsearch().options(request_timeout=30)
    client.indices.delete(index=INDEX, ignore_unavailable=True)
    client.indices.create(index=INDEX, settings={"number_of_shards": 1, "number_of_replicas": 0})
    helpers.bulk(client, ({"_index": INDEX, "_id": each["_id"], **{f: each[f] for f in FIELDS}} for each in events))
    client.indices.refresh(index=INDEX)


def create() -> None:
    """Make what the search needs beside its index, at each start."""


def find(text: str) -> list[int]:
    """Return the numbers of the events that fit a text, the best first."""
    query = {"multi_match": {"query": text, "fields": ["title", "artist"], "operator": "and"}}
    hits = stores.elasticsearch().search(index=INDEX, query=query, size=10)["hits"]["hits"]
    return [int(hit["_id"]) for hit in hits]


def rename(event: int, title: str) -> None:
    """Give an event another title."""
    with stores.postgres().connection() as connection:
        connection.execute("UPDATE event SET title = %s WHERE id = %s", [title, event])
    stores.elasticsearch().update(index=INDEX, id=str(event), doc={"title": title}, refresh=True)


def keep_in_step() -> None:
    """Bring the search up to date; called once a second."""
