import random

import answer
from elasticsearch import Elasticsearch

WORDS = "satelites orchrad quartt winter sparows harbuor tidse paper midnight".split()  # noqa: SIM905


def matching(place, typed: str) -> list[dict]:
    """Return every show whose text matches, best first, equal ones by number."""
    text = {"multi_match": {"query": typed, "fields": ["title^3", "description"], "fuzziness": "AUTO"}}
    with Elasticsearch(place.admin) as client:
        hits = client.search(index="shows", query=text, size=1_000)["hits"]["hits"]
    return [hit["_source"] for hit in sorted(hits, key=lambda hit: (-hit["_score"], hit["_source"]["number"]))]


def test_a_city_is_found_as_it_is_spelt(place):
    """A city is one choice among others, spelt as on the page, and finds the shows that are there."""
    for city in ("Lyon", "New York", "Łódź", "York"):
        there = [show["number"] for show in matching(place, "satellites") if show["venue"]["city"] == city]
        assert sorted(answer.search(place.url, "satellites", [], city)) == sorted(there[:10]), (
            f"these are the shows of {city}: the field that is asked was taken apart when it was stored"
        )


def test_only_the_chosen_genres(rng: random.Random, place):
    """Where genres are chosen, every show that is found is of one of them."""
    for typed in rng.sample(WORDS, 3):
        shows = {show["number"]: show["genre"] for show in matching(place, typed)}
        chosen = rng.sample(sorted(set(shows.values())), 2)
        got = answer.search(place.url, typed, chosen, None)
        assert {shows[number] for number in got} <= set(chosen), "the visitor has ticked two genres and sees others"


def test_no_choice_leaves_every_show(rng: random.Random, place):
    """Without a genre and a city, the ten best of all shows are found, slips forgiven."""
    for typed in rng.sample(WORDS, 3):
        best = [show["number"] for show in matching(place, typed)][:10]
        got = answer.search(place.url, typed, [], None)
        assert set(got) == set(best) or len(got) == 10, "nothing was ticked, so nothing is to be left out"
        assert len(got) == len(best), "nothing was ticked, so nothing is to be left out"


def test_a_show_that_does_not_match_stays_out(place):
    """A choice finds nothing by itself: without a word that matches, the list is empty."""
    assert answer.search(place.url, "zzyzx", ["opera"], "Lyon") == [], "the visitor asked for a name, and got the genre"
