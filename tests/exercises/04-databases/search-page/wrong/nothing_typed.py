# Asks for the text even where none was typed.
# fails: test_an_empty_text_finds_every_show, test_several_values_of_a_facet, test_nothing_follows_a_full_last_page, test_a_new_show_moves_nobody_to_the_next_page
# says: a visitor who only ticks
# exercise: databases.search-page
from elasticsearch import Elasticsearch


def page(url: str, typed: str, chosen: dict[str, list[str]], after: object) -> dict[str, object]:
    """Return a page: its `shows`, their `total`, the counts of all `facets`, and what to ask the `next` page after."""
    fields = {"genre": "genre", "city": "city.exact"}
    counts = {name: {"terms": {"field": field, "size": 1_000}} for name, field in fields.items()}
    prices = {name: {"range": {"cents": bounds}} for name, bounds in PRICES.items()}
    counts["price"] = {"filters": {"filters": prices}}
    ticked = {name: {"terms": {field: chosen[name]}} for name, field in fields.items() if chosen.get(name)}
    if chosen.get("price"):
        ticked["price"] = {"bool": {"should": [prices[name] for name in chosen["price"]]}}
    facets = {}
    for name, counted in counts.items():
        others = [choice for other, choice in ticked.items() if other != name]
        facets[name] = {"filter": {"bool": {"filter": others}}, "aggs": {"values": counted}}
    with Elasticsearch(url) as client:
        found = client.search(
            index="shows",
            query=matching(typed),
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
