"""`shows-1`, a guessed mapping with three hundred shows, versions of the catalogue, and the aliases of shop and sellers."""

from elasticsearch import Elasticsearch, helpers

SHOWS = 300


def load(url: str) -> None:
    """Fill an empty server."""
    quiet = {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"}
    with Elasticsearch(url) as client:
        client.indices.create(index="shows-1", settings=quiet, aliases={"shows": {}, "sellers": {}})
        helpers.bulk(
            client,
            (
                {
                    "_index": "shows-1", "_id": str(show), "version": 3 + show % 5, "version_type": "external",
                    "title": f"The Paper Satellites, night {show}", "free": 40 + show,
                }
                for show in range(1, SHOWS + 1)
            ),
            refresh=True,
        )  # fmt: skip
        client.index(index="archive", id="1", document={"title": "Nights of last year", "free": 0}, refresh=True)
