"""How a seller writes: to every index of the alias `sellers`, with the version that the catalogue gives."""

from elasticsearch import Elasticsearch


def write(client: Elasticsearch, show: int, version: int, document: dict | None) -> None:
    """Store a show, or delete it if there is no document, in every index of the alias `sellers`."""
    operations: list[dict] = []
    for index in client.indices.get_alias(name="sellers"):
        where = {"_index": index, "_id": str(show), "version": version, "version_type": "external"}
        operations += [{"delete": where}] if document is None else [{"index": where}, document]
    client.bulk(operations=operations)
