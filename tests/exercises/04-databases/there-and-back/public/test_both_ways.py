import random
from decimal import Decimal

import psycopg
import pytest
from psycopg.types.json import Jsonb

from course.checks import inside

pytestmark = pytest.mark.writes
ROWS = "SELECT id, cloakroom_fee, cloakroom_currency, facts FROM venue ORDER BY id"


def ask(place, statement: str, *values: object) -> list[tuple]:
    with psycopg.connect(place.admin, autocommit=True) as db:
        found = db.execute(statement, values)
        return [tuple(row) for row in found] if found.description else []


def cloakroom(place, venue: int, value: object) -> None:
    """Give a venue a cloakroom of that form."""
    ask(place, "UPDATE venue SET facts = facts || %s WHERE id = %s", Jsonb({"cloakroom": value}), venue)


def all_facts(place) -> dict:
    return dict(ask(place, "SELECT id, facts FROM venue"))


def test_a_cloakroom_moves_into_two_columns(place, rng: random.Random):
    """Fee and currency stand in the columns, the key has left `facts`, and the other facts are there."""
    fee = Decimal(rng.randrange(100, 999_999)) / 100
    cloakroom(place, 4, {"fee": f"{fee:.2f}", "currency": "PLN"})
    before = all_facts(place)
    inside("up", place.url)
    rows = {row[0]: row[1:] for row in ask(place, ROWS)}
    rest = {key: value for key, value in before[4].items() if key != "cloakroom"}
    assert rows[4] == (fee, "PLN", rest), "finance adds up what stands in the columns, and nobody what stands in both"
    assert rows[1][:2] == (Decimal("2.00"), "EUR")
    assert rows[2] == (None, None, before[2]), "a venue without a cloakroom has no fee"


def test_the_columns_have_their_types(place):
    """The fee is numeric(6, 2), the currency text."""
    inside("up", place.url)
    query = """
        SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
        WHERE attrelid = 'venue'::regclass AND attname LIKE 'cloakroom%%' ORDER BY 1"""
    assert ask(place, query) == [("cloakroom_currency", "text"), ("cloakroom_fee", "numeric(6,2)")]


@pytest.mark.points(2)
def test_up_and_down_is_where_you_were(place, rng: random.Random):
    """After both ways every venue's facts are what they were, and the columns are gone."""
    for venue in rng.sample(range(1, 11), 4):
        cloakroom(place, venue, {"fee": f"{rng.randrange(0, 99_999) / 100:.2f}", "currency": rng.choice(["EUR", "USD", ""])})
    before = ask(place, "SELECT * FROM venue ORDER BY id")
    inside("up", place.url)
    inside("down", place.url)
    assert ask(place, "SELECT * FROM venue ORDER BY id") == before, "a release that is taken back takes cloakrooms along"


@pytest.mark.points(2)
def test_what_would_come_back_otherwise_stays(place, rng: random.Random):
    """A cloakroom that could not be written back as it stands stays in `facts`, and its columns are null."""
    odd = [
        {"fee": "2.0", "currency": "EUR"},
        {"fee": "free", "currency": "EUR"},
        {"fee": 2.5, "currency": "EUR"},
        {"fee": "3.00", "currency": "EUR", "hours": "18-24"},
        {"fee": "4.00"},
    ]
    rng.shuffle(odd)
    for venue, value in enumerate(odd, 3):
        cloakroom(place, venue, value)
    inside("up", place.url)
    rows = {row[0]: row[1:] for row in ask(place, ROWS)}
    for venue, value in enumerate(odd, 3):
        assert rows[venue][:2] == (None, None), f"{value} has no place in the columns"
        assert rows[venue][2].get("cloakroom") == value, f"{value} is lost, or is another one when it comes back"


def test_both_or_neither(place):
    """A fee without a currency is refused by the table."""
    inside("up", place.url)
    refused = []
    for column, value in (("cloakroom_fee", "2.00"), ("cloakroom_currency", "EUR")):
        try:
            ask(place, f"UPDATE venue SET {column} = %s WHERE id = 2", value)
        except psycopg.errors.CheckViolation:
            refused.append(column)
    assert refused == ["cloakroom_fee", "cloakroom_currency"], "a fee in no currency is added up as if it were euros"
