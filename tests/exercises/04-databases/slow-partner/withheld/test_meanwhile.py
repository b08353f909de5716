import random

import psycopg
import pytest

from course.checks import inside


def give(place, seat: int, customer: str, minutes: int) -> None:
    """Let somebody hold a seat until so many minutes from now; leave it where a lock is in the way."""
    with psycopg.connect(place.admin, autocommit=True, options="-c lock_timeout=1s") as admin:
        until = f"now() + interval '{minutes} minutes'"
        statement = f"UPDATE seat SET status = 'held', held_by = %s, held_until = {until} WHERE id = %s"
        try:
            admin.execute(statement, [customer, seat])
        except psycopg.errors.LockNotAvailable:
            pytest.fail("the seat's row is locked while the partner is asked: every other customer of it waits, too")


def seat_of(place, seat: int) -> tuple:
    with psycopg.connect(place.admin, autocommit=True) as admin:
        return admin.execute("SELECT status, held_by FROM seat WHERE id = %s", [seat]).fetchone()


@pytest.mark.writes
def test_a_seat_that_was_lost_meanwhile_is_a_refund(place, rng: random.Random):
    """Where somebody else has the seat when the payment is through, the result is "refund" and the seat stays his."""
    seat = rng.randint(101, 200)
    found = inside("buy", place.url, seat, "ana", lambda number: give(place, number, "ben", 5))
    assert found == "refund", "Ana paid, and nobody will know that she has no seat"
    assert seat_of(place, seat) == ("held", "ben"), "Ben is at the till with a seat that was sold under him"


@pytest.mark.writes
def test_a_refusal_leaves_a_seat_of_somebody_else_alone(place, rng: random.Random):
    """Where the payment is refused and somebody else has the seat by then, it stays his."""
    seat = rng.randint(101, 200)

    def charge(number: int) -> None:
        give(place, number, "ben", 5)
        raise ConnectionError("card refused")

    with pytest.raises(ConnectionError):
        inside("buy", place.url, seat, "ana", charge)
    assert seat_of(place, seat) == ("held", "ben"), "Ben's hold was ended by Ana's bank"


@pytest.mark.writes
def test_a_hold_that_has_run_out_is_a_free_seat(place, rng: random.Random):
    """A seat whose hold has run out is sold like a free one."""
    seat = rng.randint(101, 200)
    give(place, seat, "ben", -1)
    assert inside("buy", place.url, seat, "ana", lambda _: None) == "sold", "processes die, and their holds stay behind"


@pytest.mark.writes
def test_an_interrupted_payment_frees_the_seat(place, rng: random.Random):
    """Ctrl-C while the partner is asked frees the seat, too."""
    seat = rng.randint(101, 200)
    assert inside("interrupted", place.url, seat, "ana") == "KeyboardInterrupt"
    assert seat_of(place, seat) == ("free", None), "a deployment ends processes, and their customers' seats with them"
