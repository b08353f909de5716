# Reads pages of a point in time, and looks into what each bulk request says.
# exercise: databases.live-reindex
import uuid

from elasticsearch import Elasticsearch


def move(url: str, fields: dict[str, dict], settings: dict[str, object]) -> str:
    """Move shop and sellers to a new index with these fields and settings, and return its name."""
    with Elasticsearch(url) as client:
        (old,) = client.indices.get_alias(name="shows").body
        new = f"shows-{uuid.uuid4().int}"
        client.indices.create(index=new, mappings={"properties": fields, "dynamic": "strict"}, settings=settings)
        client.indices.put_alias(index=new, name="sellers")
        client.indices.refresh(index=old)
        now = client.open_point_in_time(index=old, keep_alive="1m")["id"]
        after, unfit = None, []
        while not unfit:
            asked = {"pit": {"id": now, "keep_alive": "1m"}, "sort": ["_shard_doc"], "search_after": after}
            hits = client.search(**asked, version=True, size=250)["hits"]["hits"]
            if not hits:
                break
            after = hits[-1]["sort"]
            lines = []
            for hit in hits:
                where = {"_id": hit["_id"], "version": hit["_version"], "version_type": "external"}
                lines += [{"index": where}, hit["_source"]]
            said = [item["index"] for item in client.bulk(index=new, operations=lines)["items"]]
            unfit = [item["_id"] for item in said if "error" in item and item["status"] != 409]
        client.close_point_in_time(id=now)
        if unfit:
            client.indices.delete(index=new)
            raise ValueError(", ".join(unfit))
        client.indices.refresh(index=new)
        moves = [("remove", old, "shows"), ("remove", old, "sellers"), ("add", new, "shows")]
        client.indices.update_aliases(actions=[{do: {"index": index, "alias": name}} for do, index, name in moves])
        return new
