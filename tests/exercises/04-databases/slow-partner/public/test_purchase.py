import random
from urllib.parse import urlsplit

import psycopg
import pytest

from course.checks import inside


def ask(place, statement: str, *values: object) -> list[tuple]:
    with psycopg.connect(place.admin, autocommit=True) as admin:
        return admin.execute(statement, values).fetchall()


def seat_of(place, seat: int) -> tuple:
    return ask(place, "SELECT status, held_by FROM seat WHERE id = %s", seat)[0]


@pytest.mark.writes
def test_a_free_seat_is_charged_once_and_sold(place, rng: random.Random):
    """A free seat is held for five minutes, charged once, and sold."""
    seat, charged, held = rng.randint(101, 200), [], []

    def charge(number: int) -> None:
        charged.append(number)
        minutes = "extract(epoch FROM held_until - now()) / 60"
        held.extend(ask(place, f"SELECT status, held_by, round({minutes})::int FROM seat WHERE id = %s", seat))

    assert inside("buy", place.url, seat, "ana", charge) == "sold"
    assert charged == [seat], "a purchase is paid once"
    assert held == [("held", "ana", 5)], "while the partner is asked, everybody has to see whose seat it is"
    assert seat_of(place, seat) == ("sold", None), "the hold ends with the sale"


@pytest.mark.writes
def test_a_seat_of_somebody_else_is_gone(place, rng: random.Random):
    """A seat that is sold, or held by somebody, is gone; the partner is not asked and the seat stays as it is."""
    held, sold, charged = *rng.sample(range(101, 201), 2), []
    ask(place, "UPDATE seat SET status = 'sold' WHERE id = %s RETURNING id", sold)
    until = "now() + interval '1 minute'"
    ask(
        place,
        f"UPDATE seat SET status = 'held', held_by = 'ben', held_until = {until} WHERE id = %s RETURNING id",
        held,
    )
    found = [inside("buy", place.url, seat, "ana", lambda number: charged.append(number)) for seat in (held, sold)]
    assert found == ["gone", "gone"], "the other till was first"
    assert charged == [], "nobody pays for a seat that was taken before"
    assert [seat_of(place, seat) for seat in (held, sold)] == [("held", "ben"), ("sold", None)]


@pytest.mark.points(2)
@pytest.mark.writes
def test_no_transaction_is_open_while_the_partner_is_asked(place, rng: random.Random):
    """While the partner is asked, the server has no open transaction of this purchase."""
    states, user = [], urlsplit(place.outside).username

    def charge(_: int) -> None:
        states.extend(ask(place, "SELECT state FROM pg_stat_activity WHERE usename = %s", user))

    inside("buy", place.url, rng.randint(101, 200), "ana", charge)
    assert states, "the partner was not asked"
    assert ("idle in transaction",) not in states, "it holds locks, and a session, for as long as the partner likes"


@pytest.mark.points(2)
@pytest.mark.writes
def test_others_get_the_session_while_the_partner_is_asked(place, rng: random.Random):
    """While the partner is asked, the session is in the pool: a visitor gets it from a pool of one."""
    seat, visits = rng.randint(101, 200), []
    inside("buy", place.url, seat, "ana", lambda _: visits.extend(ask(place, "SELECT seat FROM visit")))
    assert visits == [(seat,)], "the only session was kept, idle, and the visitor got PoolTimeout"


@pytest.mark.writes
def test_a_refused_payment_frees_the_seat(place, rng: random.Random):
    """What the partner raises reaches the caller, and the seat is free again."""
    seat = rng.randint(101, 200)

    def charge(_: int) -> None:
        raise ConnectionError("card refused")

    with pytest.raises(ConnectionError):
        inside("buy", place.url, seat, "ana", charge)
    assert seat_of(place, seat) == ("free", None), "nobody can buy the seat before its hold runs out"
