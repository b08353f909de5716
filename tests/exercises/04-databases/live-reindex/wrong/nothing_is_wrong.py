# Takes every refusal for one of an old version.
# fails: test_a_show_that_does_not_fit_stops_it
# says: that is said by its id
# exercise: databases.live-reindex
from elasticsearch import Elasticsearch, helpers


def move(url: str, fields: dict[str, dict], settings: dict[str, object]) -> str:
    """Move shop and sellers to a new index with these fields and settings, and return its name."""
    with Elasticsearch(url) as client:
        [old] = client.indices.get_alias(name="shows")
        last = max(int(name.removeprefix("shows-")) for name in client.indices.get(index="shows-*"))
        new = f"shows-{last + 1}"
        mappings = {"dynamic": "strict", "properties": fields}
        client.indices.create(index=new, settings=settings, mappings=mappings, aliases={"sellers": {}})
        try:
            client.indices.refresh(index=old)
            copies = (
                {
                    "_index": new,
                    "_id": show["_id"],
                    "_source": show["_source"],
                    "version": show["_version"],
                    "version_type": "external",
                }
                for show in helpers.scan(client, index=old, version=True)
            )
            for stored, item in helpers.streaming_bulk(client, copies, raise_on_error=False):
                if not stored and item["index"]["status"] >= 500:
                    raise ValueError(f"show {item['index']['_id']} does not fit: {item['index']['error']['reason']}")
            client.indices.refresh(index=new)
            client.indices.update_aliases(
                actions=[
                    {"remove": {"index": old, "aliases": ["shows", "sellers"]}},
                    {"add": {"index": new, "alias": "shows"}},
                ]
            )
        except Exception:
            client.indices.delete(index=new)
            raise
        return new
