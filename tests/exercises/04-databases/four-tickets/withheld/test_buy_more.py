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


def test_the_rule_is_for_a_show(place):
    """Seats of another show do not count, nor do those of another guest."""
    inside("alone", place.url, "G-1", 1, [1, 2, 3, 4])
    inside("alone", place.url, "G-2", 2, [61, 62])
    assert inside("alone", place.url, "G-1", 2, [63, 64])[0] is True, "the four are of another show"


def test_a_seat_of_another_show_is_not_sold(place):
    """A seat that is not of the show is not free for it."""
    assert inside("alone", place.url, "G-1", 2, [1])[0] is False, "seat 1 is of show 1"
    assert sold(place) == {}
