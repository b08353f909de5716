# Keeps the genres beside the text as a bonus, and sorts out the others afterwards, of ten.
# fails: test_a_rare_genre_is_no_better, test_genres_and_a_city_together
# says: the rarest of the genres
# exercise: databases.dance-first
from elasticsearch import Elasticsearch


def search(url: str, typed: str, genres: list[str], city: str | None) -> list[int]:
    """Return the numbers of the ten best shows, of one of the genres and in the city, where those are given."""
    text = {"multi_match": {"query": typed, "fields": ["title^3", "description"], "fuzziness": "AUTO"}}
    should = [{"term": {"genre": genre}} for genre in genres]
    chosen = [{"term": {"venue.city.exact": city}}] if city else []
    query = {"bool": {"must": text, "should": should, "filter": chosen}}
    order = ["_score", {"number": "asc"}]
    with Elasticsearch(url) as client:
        hits = client.search(index="shows", query=query, sort=order, size=10)["hits"]["hits"]
    return [int(hit["_id"]) for hit in hits if not genres or hit["_source"]["genre"] in genres]
