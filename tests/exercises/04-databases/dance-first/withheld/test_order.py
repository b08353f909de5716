import random

import answer
import pytest
from elasticsearch import Elasticsearch

WORDS = "satelites orchrad quartt winter sparows harbuor tidse paper midnight".split()  # noqa: SIM905


def matching(place, typed: str) -> list[dict]:
    """Return every show whose text matches, best first, equal ones by number, each with its score."""
    text = {"multi_match": {"query": typed, "fields": ["title^3", "description"], "fuzziness": "AUTO"}}
    with Elasticsearch(place.admin) as client:
        hits = client.search(index="shows", query=text, size=1_000)["hits"]["hits"]
    shows = [{**hit["_source"], "score": hit["_score"]} for hit in hits]
    return sorted(shows, key=lambda show: (-show["score"], show["number"]))


@pytest.mark.points(2)
def test_a_rare_genre_is_no_better(rng: random.Random, place):
    """What is ticked does not change how well a show matches."""
    for typed in (f"{one} {rng.choice(WORDS)}" for one in WORDS):
        shows = matching(place, typed)
        genres = rng.sample(sorted({show["genre"] for show in shows}), 3)
        left = [show for show in shows if show["genre"] in genres]
        scores = {show["number"]: show["score"] for show in shows}
        got = answer.search(place.url, typed, genres, None)
        assert [scores[number] for number in got] == [show["score"] for show in left[:10]], (
            "the rarest of the genres came first, and nobody asked which one is rare"
        )


def test_equal_matches_stand_by_number(rng: random.Random, place):
    """Shows that match equally well stand in the order of their numbers."""
    for typed in rng.sample(WORDS, 3):
        best = [show["number"] for show in matching(place, typed)][:10]
        assert answer.search(place.url, typed, [], None) == best, "equal shows must not change places from day to day"


def test_genres_and_a_city_together(rng: random.Random, place):
    """A city and genres leave what is there and of one of them, in the same order."""
    for typed in rng.sample(WORDS, 4):
        shows = matching(place, typed)
        genres = rng.sample(sorted({show["genre"] for show in shows}), 4)
        city = rng.choice(sorted({show["venue"]["city"] for show in shows}))
        left = [show["number"] for show in shows if show["genre"] in genres and show["venue"]["city"] == city]
        assert answer.search(place.url, typed, genres, city) == left[:10], "both choices hold at once"
