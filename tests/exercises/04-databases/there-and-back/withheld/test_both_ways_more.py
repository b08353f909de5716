import random

import psycopg
import pytest
from psycopg.types.json import Jsonb

from course.checks import inside

pytestmark = pytest.mark.writes


def ask(place, statement: str, *values: object) -> list[tuple]:
    with psycopg.connect(place.admin, autocommit=True) as db:
        found = db.execute(statement, values)
        return [tuple(row) for row in found] if found.description else []


@pytest.mark.points(2)
def test_what_happened_between_comes_along(place, rng: random.Random):
    """What the new release wrote stands in `facts` after the way down: new fees, new cloakrooms, closed ones."""
    fee = f"{rng.randrange(100, 9_000) / 100:.2f}"
    inside("up", place.url)
    ask(place, "UPDATE venue SET cloakroom_fee = %s, cloakroom_currency = 'GBP' WHERE id IN (1, 2)", fee)
    ask(place, "UPDATE venue SET cloakroom_fee = NULL, cloakroom_currency = NULL WHERE id = 3")
    ask(place, "INSERT INTO venue VALUES (11, 'Grain Store', 'Porto', 'PT', 'Europe/Lisbon', '{}', 0, 'EUR')")
    inside("down", place.url)
    rooms = dict(ask(place, "SELECT id, facts -> 'cloakroom' FROM venue"))
    assert [rooms[1], rooms[2]] == [{"fee": fee, "currency": "GBP"}] * 2, "the new release raised the fee"
    assert rooms[3] is None, "that cloakroom was closed"
    assert rooms[11] == {"fee": "0.00", "currency": "EUR"}, "a cloakroom that costs nothing is one"


def test_stranger_cloakrooms_stay(place):
    """Whatever stands under the key and is not a plain fee with a currency stays as it is."""
    odd = [
        "ask at the door", ["2.00", "EUR"], None, {"fee": "12345.00", "currency": "EUR"}, {"fee": "02.00", "currency": "EUR"},
        {"fee": "+2.00", "currency": "EUR"}, {"fee": "2.00", "currency": None}, {"fee": "2.00", "currency": 7}, {"fee": " 2.00", "currency": "EUR"}, {"fee": "NaN", "currency": "EUR"},
    ]  # fmt: skip
    for venue, value in enumerate(odd, 1):
        ask(place, "UPDATE venue SET facts = facts || %s WHERE id = %s", Jsonb({"cloakroom": value}), venue)
    inside("up", place.url)
    up = dict(ask(place, "SELECT id, facts FROM venue"))
    moved = [value for venue, value in enumerate(odd, 1) if up[venue].get("cloakroom", "moved") != value]
    assert moved == [], "not every cloakroom is one that fits"
    inside("down", place.url)
    down = dict(ask(place, "SELECT id, facts FROM venue"))
    assert down == up, "what did not move up does not change on the way down"


def test_it_is_undone_with_what_follows(place):
    """When a later migration of the same run fails, nothing has happened."""
    before = ask(place, "SELECT * FROM venue ORDER BY id")
    inside("up", place.url, True)
    assert ask(place, "SELECT * FROM venue ORDER BY id") == before, "the transaction was not yours to end"


def test_up_again(place):
    """After a way down there is a way up, with the same result."""
    inside("up", place.url)
    first = ask(place, "SELECT * FROM venue ORDER BY id")
    inside("down", place.url)
    inside("up", place.url)
    assert ask(place, "SELECT * FROM venue ORDER BY id") == first, "something of the first time was left behind"
