import itertools
import random

import answer
import pytest
from elasticsearch import Elasticsearch
from given import PRICES

CITIES = 14


def every(place) -> list[dict]:
    with Elasticsearch(place.admin) as client:
        hits = client.search(index="shows", query={"match_all": {}}, size=1_000)["hits"]["hits"]
    return sorted((hit["_source"] for hit in hits), key=lambda show: show["number"])


def test_every_city_is_counted(place):
    """A facet has all its values, however many there are."""
    found = every(place)
    got = answer.page(place.url, "evening", {}, None)["facets"]["city"]
    assert got == {city: sum(show["city"] == city for show in found) for city in {show["city"] for show in found}}, (
        f"every show is an evening, in {CITIES} cities: who looks for Tartu does not find it in the list"
    )


def test_an_empty_text_finds_every_show(place):
    """Who typed nothing sees every show, by number."""
    got = answer.page(place.url, "", {}, None)
    assert got["total"] == len(every(place)), "a visitor who only ticks sees nothing"
    assert got["shows"] == list(range(1, 11)), "without a text all match equally well"


def test_several_values_of_a_facet(rng: random.Random, place):
    """Of several values that are ticked in one facet, a show has one: prices too, bounds as the page has them."""
    names = rng.sample(list(PRICES), 2)
    bounds = [(at.get("gte", 0), at.get("lt", 10**9)) for at in map(PRICES.get, names)]
    right = [show for show in every(place) if any(low <= show["cents"] < high for low, high in bounds)]
    got = answer.page(place.url, "", {"price": names, "city": []}, None)
    assert got["total"] == len(right), f"prices are {names}; a facet in which nothing is ticked is no choice"


def test_nothing_follows_a_full_last_page(place):
    """After a last page that happens to be full, nothing follows."""
    found = every(place)
    cities, genres = ({show[name] for show in found} for name in ("city", "genre"))
    for pair in itertools.product(itertools.combinations(sorted(cities), 2), itertools.combinations(sorted(genres), 4)):
        numbers = [show["number"] for show in found if show["city"] in pair[0] and show["genre"] in pair[1]]
        if len(numbers) == 10:
            break
    got = answer.page(place.url, "", {"city": list(pair[0]), "genre": list(pair[1])}, None)
    assert got["shows"] == numbers, "these are the ten shows of both choices"
    assert got["next"] is None, "a button leads to a page on which nothing stands"


@pytest.mark.writes
def test_a_new_show_moves_nobody_to_the_next_page(place):
    """A show that is added while a visitor turns the page makes no other come twice."""
    first = answer.page(place.url, "", {}, None)
    with Elasticsearch(place.admin) as client:
        show = {"number": 0, "title": "The Late Extra", "description": "", "genre": "jazz", "cents": 1, "city": "Lyon"}
        client.index(index="shows", id="0", document=show, refresh=True)
    second = answer.page(place.url, "", {}, first["next"])
    assert second["shows"] == list(range(11, 21)), "the last show of one page stands on the next one again"
