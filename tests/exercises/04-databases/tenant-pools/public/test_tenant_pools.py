import time
from collections import Counter
from urllib.parse import urlsplit

import psycopg
import pytest

from course.checks import inside

TENANTS = ("aurora", "foundry", "nordhalle")  # a session of another name is some other cell's


def ask(place, statement: str, *values: object) -> list[tuple]:
    with psycopg.connect(place.admin, autocommit=True) as admin:
        return admin.execute(statement, values).fetchall()


def sessions(place, wanted: dict[str, int]) -> dict[str, int]:
    """Return the answer's sessions by tenant, once they are as wanted or after three seconds: processes take time to end."""
    deadline = time.monotonic() + 3
    statement = "SELECT application_name FROM pg_stat_activity WHERE usename = %s"
    while True:
        found = dict(
            Counter(name for (name,) in ask(place, statement, urlsplit(place.outside).username) if name in TENANTS)
        )
        if found == wanted or time.monotonic() > deadline:
            return found
        time.sleep(0.02)


@pytest.mark.points(2)
@pytest.mark.writes
def test_nobody_gets_more_than_his_share(place):
    """Three places, two a tenant: the third guest of one waits, one of another is served, and all places are bounded."""
    wanted, seen = {"aurora": 2, "nordhalle": 1}, []
    served = inside("crowd", place.url, lambda: seen.append(sessions(place, wanted)))
    two, other, waiting, then = served
    assert (two, other) == ([True, True], [True]), "a loud tenant leaves room for the others"
    assert waiting == [False, False], "one has his share, and for the other no place is left"
    assert seen == [wanted], "sessions by tenant, on the server"
    assert then == [True], "a place that was left is given to who waits"


@pytest.mark.writes
def test_each_tenant_works_in_its_own_schema(place):
    """What guests write without a schema's name is in the schema of their tenant."""
    inside("crowd", place.url, lambda: None)
    rows = {name: ask(place, f"SELECT DISTINCT guest FROM {name}.sale") for name in ("aurora", "nordhalle", "foundry")}
    assert rows == {name: [(name,)] for name in rows}, "a promoter saw the sales of another"


@pytest.mark.writes
def test_who_has_least_is_next(place):
    """A place goes to the waiting tenant with the fewest sessions; among equals, to who asked first."""
    found = inside("order", place.url)
    assert found == ["nordhalle 1", "foundry 1", "aurora 3", "aurora 4"], "who has two already can wait a little longer"


@pytest.mark.writes
def test_a_tenant_finds_its_session_again(place):
    """A session that was given back is used again by the same tenant, and by no other."""
    first, second, other, last = inside("again", place.url)
    assert first == second == last, "opening one costs as much as some dozen queries"
    assert other != first, "settings and temporary tables of one promoter are no business of another"


@pytest.mark.writes
def test_an_idle_session_makes_room(place):
    """When all places are taken and one is idle, it is closed for another tenant: the one that was idle longest."""
    wanted, seen = {"aurora": 1, "nordhalle": 1}, []
    served, (old, new, third) = inside("room", place.url, lambda: seen.append(sessions(place, wanted)))
    assert served == [True, True], "an idle session keeps nobody out"
    assert seen == [wanted], "two places are two sessions, idle ones counted"
    assert third == new != old, "the one that was used last is the one to keep"
