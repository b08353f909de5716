import random

import psycopg
import pytest

from course.checks import inside

pytestmark = pytest.mark.writes


def sold(place) -> dict:
    """Return the seats that each guest has, by event."""
    query = "SELECT held_by, event_id, array_agg(id ORDER BY id) FROM seat WHERE status = 'sold' GROUP BY 1, 2"
    with psycopg.connect(place.admin) as db:
        return {(guest, event): seats for guest, event, seats in db.execute(query)}


def test_seats_are_sold(place, rng: random.Random):
    """Free seats are sold to the guest, and the bank was asked."""
    seats = sorted(rng.sample(range(61, 121), 3))
    assert inside("alone", place.url, "G-1", 2, seats) == (True, 1)
    assert sold(place) == {("G-1", 2): seats}


def test_a_fifth_seat_is_refused(place):
    """Whoever has three seats may have one more, and not two."""
    inside("alone", place.url, "G-1", 1, [1, 2, 3])
    assert inside("alone", place.url, "G-1", 1, [4, 5])[0] is False
    assert inside("alone", place.url, "G-1", 1, [6])[0] is True
    assert sold(place) == {("G-1", 1): [1, 2, 3, 6]}, "four seats a guest"


@pytest.mark.points(3)
def test_two_telephones_get_four_seats(place):
    """Two purchases of one guest at once: the rule holds, and one of them is granted."""
    inside("alone", place.url, "G-1", 1, [1, 2])
    told = inside("at_once", place.url, [("G-1", 1, [11, 12]), ("G-1", 1, [13, 14])])
    assert len(sold(place)["G-1", 1]) == 4, "two that counted at once"
    assert sorted(map(str, told)) == ["False", "True"], "one of the two could be granted"


@pytest.mark.points(2)
def test_all_seats_or_none(place):
    """Where one of the seats is taken, none is sold."""
    inside("alone", place.url, "G-1", 1, [30])
    assert inside("alone", place.url, "G-2", 1, [29, 30, 31])[0] is False, "three were paid for"
    assert sold(place) == {("G-1", 1): [30]}, "three were paid for"


def test_a_seat_has_one_guest(place):
    """Two guests want overlapping seats at once: one has them all, the other none."""
    told = inside("at_once", place.url, [("G-1", 1, [40, 41]), ("G-2", 1, [41, 42])])
    assert sorted(map(str, told)) == ["False", "True"]
    assert [len(seats) for seats in sold(place).values()] == [2], "one seat, two families"


def test_guests_do_not_hinder_each_other(place):
    """Different guests who buy different seats at once all get them."""
    wishes = [(f"G-{n}", 1, [5 * n, 5 * n + 1]) for n in range(1, 5)]
    assert inside("at_once", place.url, wishes) == [True] * 4
    assert sold(place) == {(guest, 1): seats for guest, _, seats in wishes}


def test_five_telephones_get_four_seats(place):
    """Five purchases of one seat each, at once: four are granted."""
    told = inside("at_once", place.url, [("G-1", 1, [50 + n]) for n in range(5)])
    assert sorted(map(str, told)) == ["False", *["True"] * 4], "each that could be granted is"
    assert len(sold(place)["G-1", 1]) == 4


def test_opposite_orders_do_not_meet_in_a_circle(place):
    """Purchases that name the same seats in opposite order end, without an exception."""
    told = inside("at_once", place.url, [("G-1", 1, [21, 22, 23]), ("G-2", 1, [23, 22, 21])])
    assert sorted(map(str, told)) == ["False", "True"]
