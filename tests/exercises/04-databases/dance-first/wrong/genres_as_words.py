# Asks for one of the genres beside the text, so that the rarer one counts for more.
# fails: test_a_rare_genre_is_no_better, test_genres_and_a_city_together
# says: the rarest of the genres
# exercise: databases.dance-first
from elasticsearch import Elasticsearch


def search(url: str, typed: str, genres: list[str], city: str | None) -> list[int]:
    """Return the numbers of the ten best shows, of one of the genres and in the city, where those are given."""
    must = [{"multi_match": {"query": typed, "fields": ["title^3", "description"], "fuzziness": "AUTO"}}]
    if genres:
        must.append({"bool": {"should": [{"term": {"genre": genre}} for genre in genres]}})
    if city:
        must.append({"term": {"venue.city.exact": city}})
    order = ["_score", {"number": "asc"}]
    with Elasticsearch(url) as client:
        hits = client.search(index="shows", query={"bool": {"must": must}}, sort=order, size=10)["hits"]["hits"]
    return [int(hit["_id"]) for hit in hits]
