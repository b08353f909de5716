# Leaves the order of equal shows to the server.
# fails: test_equal_matches_stand_by_number, test_genres_and_a_city_together
# says: equal shows must not
# exercise: databases.dance-first
from elasticsearch import Elasticsearch


def search(url: str, typed: str, genres: list[str], city: str | None) -> list[int]:
    """Return the numbers of the ten best shows, of one of the genres and in the city, where those are given."""
    text = {"multi_match": {"query": typed, "fields": ["title^3", "description"], "fuzziness": "AUTO"}}
    chosen = []
    if genres:
        chosen.append({"terms": {"genre": genres}})
    if city:
        chosen.append({"term": {"venue.city.exact": city}})
    query = {"bool": {"must": text, "filter": chosen}}
    with Elasticsearch(url) as client:
        hits = client.search(index="shows", query=query, size=10)["hits"]["hits"]
    return [int(hit["_id"]) for hit in hits]
