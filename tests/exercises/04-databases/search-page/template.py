"""An index `shows` of two hundred shows in fourteen cities, with a price each, at the bounds of the page's prices too."""

import random

from boxoffice import Size, documents
from elasticsearch import Elasticsearch, helpers

TEXT, EXACT, NUMBER = {"type": "text", "analyzer": "name"}, {"type": "keyword"}, {"type": "integer"}
FIELDS = {
    "number": NUMBER, "title": TEXT, "description": TEXT, "genre": EXACT, "cents": NUMBER,
    "city": {**TEXT, "fields": {"exact": EXACT}},
}  # fmt: skip
NAME = {"analyzer": {"name": {"tokenizer": "standard", "filter": ["lowercase", "asciifolding"]}}}
MORE = {7: "York", 29: "Bergen", 57: "Porto", 83: "Tartu", 131: "Porto"}
CENTS = (4_500, 6_999, 7_000, 8_250, 9_999, 10_000, 14_000)


def load(url: str) -> None:
    """Fill an empty server."""
    shows = []
    for event in documents.events(Size(events=200, seats=4)):
        number = event["_id"]
        show = {key: event[key] for key in ("title", "description", "genre")}
        show["description"] = " ".join(show["description"].split()[: 8 + number * 7 % 13])
        city = MORE.get(number, event["venue"]["city"])
        shows.append({"_id": number, "number": number, **show, "city": city, "cents": CENTS[number * 5 % 7]})
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
