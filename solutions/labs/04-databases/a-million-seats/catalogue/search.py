"""The search, in Elasticsearch, and the titles that it has to keep in step with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from elasticsearch import helpers

from catalogue import stores

INDEX = "events"
FIELDS = ("title", "artist", "genre", "description")
OUTBOX = "CREATE TABLE IF NOT EXISTS renamed (id bigint GENERATED ALWAYS AS IDENTITY, event_id int NOT NULL)"


def fill(events: Iterable[dict[str, Any]]) -> None:
    """Make the index anew and put every event into it."""
    client = stores.elasticsearch().options(request_timeout=30)
    client.indices.delete(index=INDEX, ignore_unavailable=True)
    client.indices.create(index=INDEX, settings={"number_of_shards": 1, "number_of_replicas": 0})
    helpers.bulk(client, ({"_index": INDEX, "_id": each["_id"], **{f: each[f] for f in FIELDS}} for each in events))
    client.indices.refresh(index=INDEX)


def create() -> None:
    """Make what the search needs beside its index, at each start."""
    with stores.postgres().connection() as connection:
        connection.execute(OUTBOX)


def find(text: str) -> list[int]:
    """Return the numbers of the events that fit a text, the best first."""
    fields = ["title", "artist"]
    query = {
        "multi_match": {"query": text, "fields": fields, "operator": "and", "fuzziness": "AUTO", "prefix_length": 1}
    }
    hits = stores.elasticsearch().search(index=INDEX, query=query, size=10)["hits"]["hits"]
    return [int(hit["_id"]) for hit in hits]


def rename(event: int, title: str) -> None:
    """Give an event another title; that the search is behind is written down in the same transaction."""
    with stores.postgres().connection() as connection:
        connection.execute("UPDATE event SET title = %s WHERE id = %s", [title, event])
        connection.execute("INSERT INTO renamed (event_id) VALUES (%s)", [event])


def keep_in_step() -> None:
    """Bring the search up to date; called once a second.

    What is sent is the title that holds now, so that sending it twice, or late, does no harm. A note is removed after
    the search has taken the title: where it cannot, the transaction ends and the note stays.
    """
    with stores.postgres().connection() as connection:
        behind = connection.execute(
            "SELECT r.id, e.id, e.title FROM renamed r JOIN event e ON e.id = r.event_id"
            " ORDER BY r.id LIMIT 100 FOR UPDATE OF r SKIP LOCKED"
        ).fetchall()
        for _, event, title in behind:
            stores.elasticsearch().update(index=INDEX, id=str(event), doc={"title": title}, refresh=True)
        connection.execute("DELETE FROM renamed WHERE id = ANY(%s)", [[note for note, _, _ in behind]])
