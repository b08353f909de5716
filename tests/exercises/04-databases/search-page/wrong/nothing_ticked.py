# Takes a facet in which nothing is ticked for a choice that nothing meets.
# fails: test_several_values_of_a_facet
# says: is no choice
# exercise: databases.search-page
from elasticsearch import Elasticsearch


def page(url: str, typed: str, chosen: dict[str, list[str]], after: object) -> dict[str, object]:
    """Return a page: its `shows`, their `total`, the counts of all `facets`, and what to ask the `next` page after."""
    fields = {"genre": "genre", "city": "city.exact"}
    counts = {name: {"terms": {"field": field, "size": 1_000}} for name, field in fields.items()}
    prices = {name: {"range": {"cents": bounds}} for name, bounds in PRICES.items()}
    counts["price"] = {"filters": {"filters": prices}}
    ticked = {name: {"terms": {field: chosen[name]}} for name, field in fields.items() if name in chosen}
    if chosen.get("price"):
        ticked["price"] = {"bool": {"should": [prices[name] for name in chosen["price"]]}}
    facets = {}
    for name, counted in counts.items():
        others = [choice for other, choice in ticked.items() if other != name]
        facets[name] = {"filter": {"bool": {"filter": others}}, "aggs": {"values": counted}}
    with Elasticsearch(url) as client:
        found = client.search(
            index="shows",
            query=matching(typed) if typed else {"match_all": {}},
            aggs=facets,
            post_filter={"bool": {"filter": list(ticked.values())}},
            sort=[{"_score": "desc"}, {"number": "asc"}],
            search_after=after,
            size=11,
        )
    hits = found["hits"]["hits"]
    return {
        "total": found["hits"]["total"]["value"],
        "shows": [hit["_source"]["number"] for hit in hits[:10]],
        "facets": {name: _counts(found["aggregations"][name]["values"]["buckets"]) for name in counts},
        "next": hits[9]["sort"] if len(hits) > 10 else None,
    }


def _counts(buckets):
    if isinstance(buckets, dict):
        buckets = [{"key": name, **bucket} for name, bucket in buckets.items()]
    return {bucket["key"]: bucket["doc_count"] for bucket in buckets if bucket["doc_count"]}
