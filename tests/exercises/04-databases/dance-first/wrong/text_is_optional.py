# Leaves the text optional, since a filter is enough to find something.
# fails: test_a_city_is_found_as_it_is_spelt, test_only_the_chosen_genres, test_a_show_that_does_not_match_stays_out, test_genres_and_a_city_together
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
        chosen.append({"term": {"venue.city.exact": city}})
    query = {"bool": {"should": text, "filter": chosen}}
    order = ["_score", {"number": "asc"}]
    with Elasticsearch(url) as client:
        hits = client.search(index="shows", query=query, sort=order, size=10)["hits"]["hits"]
    return [int(hit["_id"]) for hit in hits]
