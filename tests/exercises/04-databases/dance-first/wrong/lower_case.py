# Asks the text field for the city in lower case, which is a term only where it has one word and no accent.
# fails: test_a_city_is_found_as_it_is_spelt, test_genres_and_a_city_together
# says: these are the shows of
# exercise: databases.dance-first
from elasticsearch import Elasticsearch


def search(url: str, typed: str, genres: list[str], city: str | None) -> list[int]:
    """Return the numbers of the ten best shows, of one of the genres and in the city, where those are given."""
    text = {"multi_match": {"query": typed, "fields": ["title^3", "description"], "fuzziness": "AUTO"}}
    chosen = []
    if genres:
        chosen.append({"terms": {"genre": genres}})
    if city:
        chosen.append({"term": {"venue.city": city.lower()}})
    query = {"bool": {"must": text, "filter": chosen}}
    order = ["_score", {"number": "asc"}]
    with Elasticsearch(url) as client:
        hits = client.search(index="shows", query=query, sort=order, size=10)["hits"]["hits"]
    return [int(hit["_id"]) for hit in hits]
