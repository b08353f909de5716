"""An index `shows` of two hundred shows, with descriptions of all lengths, and two more in York, which is not New York."""

import random

from boxoffice import Size, documents
from elasticsearch import Elasticsearch, helpers

TEXT, EXACT, NUMBER = {"type": "text", "analyzer": "name"}, {"type": "keyword"}, {"type": "integer"}
FIELDS = {
    "number": NUMBER, "title": TEXT, "description": TEXT, "genre": EXACT,
    "venue": {"properties": {"city": {**TEXT, "fields": {"exact": EXACT}}}},
}  # fmt: skip
NAME = {"analyzer": {"name": {"tokenizer": "standard", "filter": ["lowercase", "asciifolding"]}}}


def load(url: str) -> None:
    """Fill an empty server."""
    shows = [
        {
            "_id": event["_id"],
            "number": event["_id"],
            "title": event["title"],
            "description": " ".join(event["description"].split()[: 8 + event["_id"] * 7 % 13]),
            "genre": event["genre"],
            "venue": {"city": event["venue"]["city"]},
        }
        for event in documents.events(Size(events=200, seats=4))
    ]
    for number, genre in ((201, "opera"), (202, "rock")):
        shows.append({**shows[178], "_id": number, "number": number, "genre": genre, "venue": {"city": "York"}})
    random.Random(7).shuffle(shows)
    with Elasticsearch(url) as client:
        client.indices.create(
            index="shows",
            settings={"number_of_shards": 1, "number_of_replicas": 0, "analysis": NAME},
            mappings={"dynamic": "strict", "properties": FIELDS},
        )
        helpers.bulk(client, ({"_index": "shows", **show} for show in shows), refresh=True)
        last_year = {key: value for key, value in shows[0].items() if key != "_id"} | {"number": 999}
        for show in ("The Broken Satellites", "The Paper Orchard", "The Midnight Winter"):
            client.index(index="archive", document={**last_year, "title": show})
        client.indices.refresh(index="archive")
