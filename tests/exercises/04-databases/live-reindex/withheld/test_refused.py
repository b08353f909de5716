import random

import answer
import pytest
from elasticsearch import Elasticsearch, helpers

from course.checks import inside

pytestmark = pytest.mark.writes
FIELDS = {"title": {"type": "text"}, "free": {"type": "integer"}}
SETTINGS = {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"}


def stored(place, index: str) -> dict[int, tuple[int, dict]]:
    with Elasticsearch(place.admin) as client:
        client.indices.refresh(index=index)
        hits = client.search(index=index, size=5_000, version=True)["hits"]["hits"]
    return {int(hit["_id"]): (hit["_version"], hit["_source"]) for hit in hits}


def aliases(place) -> dict[str, list[str]]:
    with Elasticsearch(place.admin) as client:
        return {name: sorted(each["aliases"]) for name, each in client.indices.get(index="shows*").items()}


@pytest.mark.points(2)
def test_what_was_cancelled_stays_away(rng: random.Random, place):
    """A show that is deleted while the shows move is not in the new index, and a new one is."""
    right = stored(place, "shows-1")
    expected, plan, there = [set(right)], [], sorted(right)
    for number in range(60):
        gone = [there.pop(rng.randrange(len(there))) for _ in range(3)]
        plan.append([(show, right[show][0] + 1, None) for show in gone])
        plan[-1].append((1_000 + number, 1, {"title": "The Late Extra", "free": 5}))
        there.append(1_000 + number)
        right[1_000 + number] = plan[-1][-1][1:]
        expected.append(set(there))
    name, done = inside("moved_while_sold", place.url, FIELDS, SETTINGS, plan)
    found = set(stored(place, name))
    assert not found - expected[done], "shows that were cancelled meanwhile are on sale again"
    assert not expected[done] - found, "shows that were added meanwhile are missing"


@pytest.mark.points(2)
def test_a_show_that_does_not_fit_stops_it(rng: random.Random, place):
    """Where a show does not fit the new mapping, that is said by its id, and everything is as before."""
    for odd in ({"title": "A", "free": 99_999_999_999}, {"titel": "A", "free": 3}):
        with Elasticsearch(place.admin) as client:
            show = str(rng.randint(2_000, 3_000))
            client.index(index="shows-1", id=show, document=odd, refresh=True)
            with pytest.raises(ValueError, match=show):
                answer.move(place.url, FIELDS, SETTINGS)
            assert aliases(place) == {"shows-1": ["sellers", "shows"]}, "the sellers go on writing to a ruin"
            client.delete(index="shows-1", id=show, refresh=True)


def test_many_shows(place):
    """Shows come along, however many there are."""
    with Elasticsearch(place.admin) as client:
        extra = ({"_index": "shows-1", "_id": str(n), "title": "One of many", "free": n} for n in range(5_000, 6_100))
        helpers.bulk(client, extra, chunk_size=1_100, refresh=True)
    name = answer.move(place.url, FIELDS, SETTINGS)
    assert len(stored(place, name)) == 1_400, "a search answers with one page unless it is asked for the next"


def test_a_move_that_was_taken_back_is_no_obstacle(place):
    """After a move was taken back, its index is still there, and the next move works all the same."""
    first = answer.move(place.url, FIELDS, SETTINGS)
    both = ["shows", "sellers"]
    back = [{"remove": {"index": first, "aliases": both}}, {"add": {"index": "shows-1", "aliases": both}}]
    with Elasticsearch(place.admin) as client:
        client.indices.update_aliases(actions=back)
    second = answer.move(place.url, FIELDS, SETTINGS)
    assert aliases(place) == {"shows-1": [], first: [], second: ["sellers", "shows"]}, "each index has its own name"
    assert stored(place, second) == stored(place, "shows-1"), "the second copy is as complete as the first"
