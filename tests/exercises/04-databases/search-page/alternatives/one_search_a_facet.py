# Asks a search of its own for each facet, in one request, with the choices in the query.
# exercise: databases.search-page
from elasticsearch import Elasticsearch


def page(url: str, typed: str, chosen: dict[str, list[str]], after: object) -> dict[str, object]:
    """Return a page: its `shows`, their `total`, the counts of all `facets`, and what to ask the `next` page after."""
    fields = {"genre": "genre", "city": "city.exact"}
    text = matching(typed) if typed else {"match_all": {}}

    def leaves(facet, value):
        return {"range": {"cents": PRICES[value]}} if facet == "price" else {"term": {fields[facet]: value}}

    def under(but=""):
        left = [[leaves(facet, each) for each in chosen[facet]] for facet in chosen if chosen[facet] and facet != but]
        return {"bool": {"must": text, "filter": [{"bool": {"should": any_of}} for any_of in left]}}

    searches = [{}, {"query": under(), "size": 11, "sort": ["_score", "number"]}]
    if after:
        searches[1]["search_after"] = after
    for facet in fields:
        counted = {"terms": {"field": fields[facet], "size": 500}}
        searches += [{}, {"query": under(facet), "size": 0, "aggs": {facet: counted}}]
    for name in PRICES:
        query = {"bool": {"filter": [under("price"), leaves("price", name)]}}
        searches += [{}, {"query": query, "size": 0, "track_total_hits": True}]
    with Elasticsearch(url) as client:
        first, genre, city, *prices = client.msearch(index="shows", searches=searches)["responses"]
    facets = {"price": {}}
    for facet, said in (("genre", genre), ("city", city)):
        facets[facet] = {each["key"]: each["doc_count"] for each in said["aggregations"][facet]["buckets"]}
    for name, said in zip(PRICES, prices, strict=True):
        if number := said["hits"]["total"]["value"]:
            facets["price"][name] = number
    hits = first["hits"]["hits"]
    return {
        "total": first["hits"]["total"]["value"],
        "shows": [int(hit["_id"]) for hit in hits[:10]],
        "facets": facets,
        "next": hits[9]["sort"] if hits[10:] else None,
    }
