"""The world of the story: the same rows everywhere, in the proportions that the chapters rely on."""

from __future__ import annotations

from collections import Counter

import pytest
import sqlalchemy as sql

from boxoffice import SMALL, Size, documents, load, tables, world
from boxoffice.load import engine
from course.services import service
from tests.course.servers import way


def test_a_larger_world_begins_like_a_smaller_one() -> None:
    few, many = Size(1, 200, 10, 0), Size(1, 200, 500, 0)
    assert list(world.customers(many))[:10] == list(world.customers(few))


def test_events_that_are_over_are_sold_but_for_one_seat_in_twenty() -> None:
    counts = Counter(row[6] for row in world.seats(Size(), range(1, 21)))
    assert counts["held"] == 0 and 0.045 < counts["free"] / counts.total() < 0.055


def test_one_event_in_five_lies_ahead() -> None:
    ahead = sum(row[6] > world.NOW for row in world.events(Size()))
    assert ahead == Size().events // 5


@pytest.mark.parametrize("name", ["postgres", "mariadb", "mysql"])
def test_every_server_holds_the_same_world(name: str) -> None:
    with way("container", name), service(name) as url:
        assert load(url) == {"venue": 10, "event": 20, "seat": 4_000, "customer": 500, "orders": 1_500}
        seat, orders = tables.seat.c, tables.orders.c
        with engine(url).connect() as connection:
            found = connection.execute(sql.select(seat.status, sql.func.count()).group_by(seat.status))
            counts = dict(found.all())
            paid = connection.scalar(sql.select(sql.func.sum(orders.total)).where(orders.status == "paid"))
            latest = connection.scalar(sql.select(sql.func.max(orders.placed_at)))
    assert counts == Counter(row[6] for row in world.seats(SMALL))
    assert paid == sum(row[4] for row in world.orders(SMALL) if row[3] == "paid")
    assert latest.replace(tzinfo=None) == max(row[5] for row in world.orders(SMALL)).replace(tzinfo=None)


def test_documents_tell_what_the_tables_hold() -> None:
    free = Counter(row[1] for row in world.seats(SMALL) if row[6] == "free")
    found = list(documents.events())
    assert {each["_id"]: each["free"] for each in found} == dict(free)
    assert all(sum(part["free"] for part in each["sections"]) == each["free"] for each in found)
