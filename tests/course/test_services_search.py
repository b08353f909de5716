"""What chapter 4 asks of MongoDB and Elasticsearch, through their own clients, on whatever stands for them here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch, helpers
from pymongo import ASCENDING, DESCENDING, MongoClient, ReturnDocument
from pymongo.collection import Collection
from pymongo.errors import DuplicateKeyError, WriteError

from course.services import find, service

from .servers import WAYS, way

VENUES = [
    {"_id": "v1", "name": "Elbphilharmonie", "city": "Hamburg", "seats": 2100, "halls": ["large", "small"]},
    {"_id": "v2", "name": "Kölner Philharmonie", "city": "Köln", "seats": 2000, "halls": ["large"]},
    {"_id": "v3", "name": "Laeiszhalle", "city": "Hamburg", "seats": 2025, "halls": ["large", "small", "studio"]},
    {"_id": "v4", "name": "Gewandhaus", "city": "Leipzig", "seats": 1900, "halls": ["large"]},
]


@pytest.fixture(scope="module", params=WAYS)
def mongo(request: pytest.FixtureRequest) -> Iterator[str]:
    with way(request.param, "mongodb"), service("mongodb") as url:
        yield url


@pytest.fixture
def venues(mongo: str) -> Iterator[Collection]:
    with MongoClient(mongo) as client:
        box = client.get_default_database()
        box.venues.drop()
        box.venues.insert_many(VENUES)
        yield box.venues


@pytest.fixture(scope="module")
def search() -> Iterator[Elasticsearch]:
    with way("container", "elasticsearch"), service("elasticsearch") as url, Elasticsearch(url) as client:
        settings = {
            "number_of_replicas": 0,
            "analysis": {
                "filter": {"halls": {"type": "synonym", "synonyms": ["philharmonie, konzerthaus"]}},
                "analyzer": {"folded": {"tokenizer": "standard", "filter": ["lowercase", "asciifolding", "halls"]}},
            },
        }
        fields = {
            "name": {"type": "text", "analyzer": "folded"},
            "city": {"type": "keyword"},
            "seats": {"type": "integer"},
        }
        client.indices.create(index="venues-1", settings=settings, mappings={"properties": fields})
        client.indices.put_alias(index="venues-1", name="venues")
        actions = [{"_index": "venues", "_id": each["_id"], **{key: each[key] for key in fields}} for each in VENUES]
        assert helpers.bulk(client, actions, refresh=True) == (4, [])
        yield client


def found(client: Elasticsearch, query: dict) -> list[str]:
    return [hit["_id"] for hit in client.search(index="venues", query=query)["hits"]["hits"]]


@pytest.mark.needs("docker")
def test_elasticsearch_is_lent_to_one_use_after_the_other_and_emptied_between():
    with way("container", "elasticsearch"):
        with service("elasticsearch") as first, Elasticsearch(first) as client:
            client.index(index="holds", document={"seat": "A1"}, refresh=True)
        with service("elasticsearch") as second, Elasticsearch(second) as client:
            assert second == first
            assert dict(client.indices.get(index="*")) == {}


def test_mongodb_gives_each_use_a_server_of_its_own(mongo: str):
    with MongoClient(mongo) as client:
        client.get_default_database().holds.insert_one({"seat": "A1"})
        with way("process", "mongodb"), service("mongodb") as url, MongoClient(url) as other:
            assert other.get_default_database().holds.find_one() is None
        client.get_default_database().holds.drop()


def test_mongodb_is_of_the_major_version_that_the_image_names(mongo: str):
    with MongoClient(mongo) as client:
        assert client.server_info()["version"].startswith("8.")


def test_mongodb_finds_what_was_inserted(venues: Collection):
    large = venues.find({"city": "Hamburg", "seats": {"$gt": 2050}}, {"name": 1, "_id": 0})
    assert list(large) == [{"name": "Elbphilharmonie"}]


def test_mongodb_shows_in_its_plan_that_an_index_is_used(venues: Collection):
    query = {"city": "Hamburg"}
    assert venues.find(query).explain()["queryPlanner"]["winningPlan"]["stage"] == "COLLSCAN"
    venues.create_index([("city", ASCENDING), ("seats", DESCENDING)])
    told = venues.find(query).explain()
    assert told["queryPlanner"]["winningPlan"]["inputStage"]["indexName"] == "city_1_seats_-1"
    assert (told["executionStats"]["totalDocsExamined"], told["executionStats"]["nReturned"]) == (2, 2)


def test_mongodb_keeps_a_unique_index(venues: Collection):
    venues.create_index("name", unique=True)
    with pytest.raises(DuplicateKeyError):
        venues.insert_one({"name": "Gewandhaus"})


def test_mongodb_aggregates_with_match_unwind_group_and_sort(venues: Collection):
    stages = [
        {"$match": {"seats": {"$gte": 2000}}},
        {"$unwind": "$halls"},
        {"$group": {"_id": "$halls", "venues": {"$sum": 1}, "seats": {"$avg": "$seats"}}},
        {"$sort": {"venues": -1, "_id": 1}},
    ]
    assert list(venues.aggregate(stages)) == [
        {"_id": "large", "venues": 3, "seats": pytest.approx(2041.67, abs=0.01)},
        {"_id": "small", "venues": 2, "seats": 2062.5},
        {"_id": "studio", "venues": 1, "seats": 2025.0},
    ]


def test_mongodb_updates_one_document_atomically(venues: Collection):
    sold = {"$inc": {"seats": -2}, "$push": {"log": "two sold"}}
    after = venues.find_one_and_update({"_id": "v4", "seats": {"$gte": 2}}, sold, return_document=ReturnDocument.AFTER)
    assert after is not None and (after["seats"], after["log"]) == (1898, ["two sold"])
    assert venues.find_one_and_update({"_id": "v4", "seats": {"$gte": 9000}}, sold) is None


def test_mongodb_refuses_a_document_that_breaks_the_schema(venues: Collection):
    rules = {"$jsonSchema": {"required": ["name"], "properties": {"seats": {"bsonType": "int", "minimum": 1}}}}
    halls = venues.database.create_collection("halls", validator=rules)
    halls.insert_one({"name": "Large Hall", "seats": 2100})
    with pytest.raises(WriteError):
        halls.insert_one({"name": "No Hall", "seats": 0})


@pytest.mark.needs("docker")
def test_elasticsearch_names_itself_with_the_clients_major_version(search: Elasticsearch):
    told = search.info()
    assert told["version"]["number"] == find("elasticsearch").image.pinned.partition(":")[2]
    assert told.meta.headers["x-elastic-product"] == "Elasticsearch"
    assert search.ping()


@pytest.mark.needs("docker")
def test_elasticsearch_analyses_as_the_mapping_says(search: Elasticsearch):
    tokens = search.indices.analyze(index="venues", field="name", text="KÖLNER Halle")["tokens"]
    assert [each["token"] for each in tokens] == ["kolner", "halle"]
    assert set(found(search, {"match": {"name": "konzerthaus"}})) == {"v2"}


@pytest.mark.needs("docker")
def test_elasticsearch_forgives_a_typo_and_filters(search: Elasticsearch):
    typo = {"match": {"name": {"query": "elbfilharmonie", "fuzziness": "AUTO"}}}
    assert found(search, typo) == ["v1"]
    assert found(search, {"bool": {"must": typo, "filter": {"term": {"city": "Köln"}}}}) == []


@pytest.mark.needs("docker")
def test_elasticsearch_counts_facets(search: Elasticsearch):
    facets = {
        "cities": {"terms": {"field": "city"}},
        "sizes": {"range": {"field": "seats", "ranges": [{"to": 2000}, {"from": 2000}]}},
        "mean": {"avg": {"field": "seats"}},
    }
    told = search.search(index="venues", size=0, aggs=facets)["aggregations"]
    assert {each["key"]: each["doc_count"] for each in told["cities"]["buckets"]} == {
        "Hamburg": 2, "Köln": 1, "Leipzig": 1,
    }  # fmt: skip
    assert [each["doc_count"] for each in told["sizes"]["buckets"]] == [1, 3]
    assert told["mean"]["value"] == pytest.approx(2006.25)


@pytest.mark.needs("docker")
def test_elasticsearch_swaps_an_alias_in_one_step(search: Elasticsearch):
    fields = {"name": {"type": "text", "analyzer": "german"}, "city": {"type": "keyword"}, "seats": {"type": "integer"}}
    search.indices.create(index="venues-2", mappings={"properties": fields})
    old = ({**hit, "_index": "venues-2"} for hit in helpers.scan(search, index="venues-1"))
    actions = [{key: hit[key] for key in ("_index", "_id", "_source")} for hit in old]
    assert helpers.bulk(search, actions, refresh=True) == (4, [])
    swap = [{"remove": {"index": "venues-1", "alias": "venues"}}, {"add": {"index": "venues-2", "alias": "venues"}}]
    search.indices.update_aliases(actions=swap)
    assert list(search.indices.get_alias(name="venues")) == ["venues-2"]
    assert found(search, {"match": {"name": "philharmonie"}}) == ["v2"]
