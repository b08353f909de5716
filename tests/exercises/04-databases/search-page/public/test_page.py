import random
from collections import Counter

import answer
import pytest
from elasticsearch import Elasticsearch
from given import PRICES, matching

WORDS = "satelites orchrad quartt winter sparows harbuor tidse paper midnight".split()  # noqa: SIM905


def shows(place, typed: str) -> list[dict]:
    """Return every show that matches, best first, equal ones by number, with its price as the page has it."""
    query = matching(typed) if typed else {"match_all": {}}
    with Elasticsearch(place.admin) as client:
        hits = client.search(index="shows", query=query, size=1_000)["hits"]["hits"]
    found = [hit["_source"] for hit in sorted(hits, key=lambda hit: (-hit["_score"], hit["_source"]["number"]))]
    for show in found:
        show["price"] = next(
            name for name, at in PRICES.items() if at.get("gte", 0) <= show["cents"] < at.get("lt", 10**9)
        )
    return found


def left(found: list[dict], chosen: dict[str, list[str]], but: str = "") -> list[dict]:
    """Return the shows that every choice leaves, except that of one facet."""
    return [show for show in found if all(show[name] in values for name, values in chosen.items() if name != but)]


def counts(found: list[dict], chosen: dict[str, list[str]], facet: str) -> dict[str, int]:
    return dict(Counter(show[facet] for show in left(found, chosen, facet)))


def test_the_best_ten_and_how_many_there_are(rng: random.Random, place):
    """A page has the ten best shows, equal ones by number, and the total."""
    for typed in rng.sample(WORDS, 3):
        found = shows(place, typed)
        got = answer.page(place.url, typed, {}, None)
        assert got["shows"] == [show["number"] for show in found[:10]], "the best first, equal ones by number"
        assert got["total"] == len(found), "the total is that of all pages"


def test_facets_count_what_is_found(rng: random.Random, place):
    """Without a choice, each facet counts the shows that match, value by value."""
    [typed] = rng.sample(WORDS, 1)
    found = shows(place, typed)
    got = answer.page(place.url, typed, {}, None)["facets"]
    for facet in ("genre", "price"):
        assert got[facet] == counts(found, {}, facet), f"{facet} counts what matches, and values of no show are left out"


def test_a_choice_leaves_what_was_chosen(rng: random.Random, place):
    """Shows and total are those that have a chosen value in every facet with a choice; order and score stay."""
    for typed in rng.sample(WORDS, 3):
        found = shows(place, typed)
        chosen = {"genre": rng.sample(sorted(counts(found, {}, "genre")), 3), "price": [rng.choice(list(PRICES))]}
        there = left(found, chosen)
        got = answer.page(place.url, typed, chosen, None)
        assert got["total"] == len(there), "the shows are those with a chosen genre and the chosen price"
        assert got["shows"] == [show["number"] for show in there[:10]], "a choice is a yes or a no, and no better match"


@pytest.mark.points(2)
def test_a_facet_does_not_eat_itself(rng: random.Random, place):
    """The values beside the chosen one are still there, with what a click on them would find."""
    for facet in ("genre", "price"):
        [typed] = rng.sample(WORDS, 1)
        found = shows(place, typed)
        value = rng.choice(sorted(counts(found, {}, facet)))
        got = answer.page(place.url, typed, {facet: [value]}, None)["facets"][facet]
        for other, number in counts(found, {}, facet).items():
            assert got.get(other) == number, f"{value!r} is ticked in {facet}, and {other!r} can be ticked instead"


@pytest.mark.points(2)
def test_a_facet_counts_under_the_other_choices(rng: random.Random, place):
    """What a facet says is what is found under the choices in the other facets."""
    for typed in rng.sample(WORDS, 3):
        found = shows(place, typed)
        chosen = {"price": rng.sample(list(PRICES), 2), "genre": rng.sample(sorted(counts(found, {}, "genre")), 4)}
        got = answer.page(place.url, typed, chosen, None)["facets"]
        for facet in ("genre", "price"):
            right = counts(found, chosen, facet)
            assert {value: got[facet].get(value) for value in right} == right, (
                "the page says nine in Lyon, and a click finds fewer"
            )


def test_pages_follow_each_other(rng: random.Random, place):
    """With what `next` said, the next page begins where the last one ended; on the last page it says None."""
    [typed] = rng.sample(WORDS, 1)
    found, pages, after = shows(place, typed), [], None
    for _ in range(30):
        got = answer.page(place.url, typed, {}, after)
        pages += got["shows"]
        after = got["next"]
        if after is None:
            break
    assert pages == [show["number"] for show in found], "each show stands on one page"
