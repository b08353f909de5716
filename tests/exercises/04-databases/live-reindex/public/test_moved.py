import random

import answer
import pytest
from elasticsearch import Elasticsearch
from given import write

from course.checks import inside

pytestmark = pytest.mark.writes
FIELDS = {"title": {"type": "text", "analyzer": "name"}, "free": {"type": "integer"}}
SETTINGS = {
    "number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1",
    "analysis": {
        "filter": {"nicknames": {"type": "synonym", "synonyms": ["sats => satellites"]}},
        "analyzer": {"name": {"tokenizer": "standard", "filter": ["lowercase", "nicknames"]}},
    },
}  # fmt: skip


def stored(place, index: str) -> dict[int, tuple[int, dict]]:
    """Return version and document of each show of an index, as a search has them."""
    with Elasticsearch(place.admin) as client:
        hits = client.search(index=index, size=5_000, version=True)["hits"]["hits"]
    return {int(hit["_id"]): (hit["_version"], hit["_source"]) for hit in hits}


def aliases(place) -> dict[str, list[str]]:
    """Return the aliases of each index."""
    with Elasticsearch(place.admin) as client:
        return {name: sorted(each["aliases"]) for name, each in client.indices.get(index="shows*").items()}


def test_everything_is_there_in_the_new_way(place):
    """The new index has every show with its version, and is searched as its mapping says."""
    before = stored(place, "shows-1")
    name = answer.move(place.url, FIELDS, SETTINGS)
    assert stored(place, name) == before, "a show, or its version, did not come along"
    with Elasticsearch(place.admin) as client:
        found = client.search(index="shows", query={"match": {"title": "sats"}}, size=0)["hits"]["total"]["value"]
        mapping = client.indices.get_mapping(index=name)[name]["mappings"]
    assert found == len(before), "the nickname is why the index was made"
    assert mapping["dynamic"] == "strict", "the next slip in a field's name becomes a field"


def test_the_aliases_have_moved(place):
    """Shop and sellers use the new index and no other; the old one is kept as it was."""
    before = stored(place, "shows-1")
    name = answer.move(place.url, FIELDS, SETTINGS)
    assert aliases(place) == {"shows-1": [], name: ["sellers", "shows"]}, "who asks two indices sees every show twice"
    assert stored(place, "shows-1") == before, "there is no way back without the old index"


@pytest.mark.points(2)
def test_no_sale_is_lost(rng: random.Random, place):
    """Whatever is sold while the shows move has its newest state in the new index."""
    right = stored(place, "shows-1")
    expected, plan = [dict(right)], []
    for _ in range(80):
        part = []
        for show in rng.sample(range(1, 301), 6):
            version, document = right[show]
            right[show] = version + 1, {**document, "free": document["free"] - rng.randint(1, 4)}
            part.append((show, *right[show]))
        plan.append(part)
        expected.append(dict(right))
    name, done = inside("moved_while_sold", place.url, FIELDS, SETTINGS, plan)
    with Elasticsearch(place.admin) as client:
        client.indices.refresh(index=name)
    late = {show for show, state in stored(place, name).items() if state != expected[done].get(show)}
    assert not late, f"of the shows {sorted(late)[:5]} … seats are on sale that were sold while the copy ran"


@pytest.mark.points(2)
def test_nobody_sees_an_empty_shop(place):
    """At every moment a search finds every show, once."""
    told = inside("moved_while_read", place.url, FIELDS, SETTINGS)
    assert set(told) == {300}, "six minutes without a show, or some with fewer"


def test_it_can_be_done_again(place):
    """The next change moves from wherever the shop is by then."""
    first = answer.move(place.url, FIELDS, SETTINGS)
    with Elasticsearch(place.admin) as client:
        write(client, 7, 20, {"title": "The Late Extra", "free": 1})
    second = answer.move(place.url, FIELDS, SETTINGS)
    assert len({"shows-1", first, second}) == 3, "each index has a name of its own"
    assert stored(place, second)[7] == (20, {"title": "The Late Extra", "free": 1}), "that is what the shop has now"


def test_the_sale_before_is_no_exception(place):
    """What a seller wrote right before, and no search has seen yet, comes along."""
    with Elasticsearch(place.admin) as client:
        write(client, 7, 50, {"title": "The Late Extra", "free": 3})
        write(client, 900, 1, {"title": "The Later Extra", "free": 3})
        write(client, 8, 50, None)
    name = answer.move(place.url, FIELDS, SETTINGS)
    with Elasticsearch(place.admin) as client:
        client.indices.refresh(index=name)
    found = stored(place, name)
    assert found[7] == (50, {"title": "The Late Extra", "free": 3}), "the copy was made of what a search could see"
    assert 900 in found and 8 not in found, "the copy was made of what a search could see"
