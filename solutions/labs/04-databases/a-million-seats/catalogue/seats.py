"""Seats and customers in PostgreSQL."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from catalogue import stores

INDEXES = {
    "seat_cheapest": "CREATE INDEX CONCURRENTLY seat_cheapest ON seat (price, id) INCLUDE (event_id) WHERE status = 'free'",
    "customer_email": "CREATE INDEX CONCURRENTLY customer_email ON customer (lower(email))",
}
NUMBERS = "CREATE SEQUENCE IF NOT EXISTS order_number"


def create() -> None:
    """Make the indexes that are missing or that broke off, without a stop for anybody who writes."""
    with stores.postgres().connection() as connection:
        connection.autocommit = True
        for name, statement in INDEXES.items():
            valid = connection.execute(
                "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", [name]
            ).fetchone()
            if valid != (True,):
                connection.execute(f"DROP INDEX IF EXISTS {name}")
                connection.execute(statement)
        connection.execute("ANALYZE customer")
        connection.execute(NUMBERS)
        connection.execute("SELECT setval('order_number', (SELECT max(id) FROM orders))")
        connection.autocommit = False


def cheapest(limit: int, page: str) -> dict[str, Any]:
    """Return one page of the free seats of all events, the cheapest first; `next` leads to the following page."""
    price, _, seat = page.partition("-")
    after = (Decimal(price), int(seat)) if page else (Decimal(-1), 0)
    with stores.postgres().connection() as connection:
        found = connection.execute(
            "SELECT id, event_id, price FROM seat WHERE status = 'free' AND (price, id) > (%s, %s)"
            " ORDER BY price, id LIMIT %s",
            [*after, limit],
        ).fetchall()
    seats = [{"id": id, "event": event, "price": str(price)} for id, event, price in found]
    return {"seats": seats, "next": f"{seats[-1]['price']}-{seats[-1]['id']}" if seats else None}


def customer(email: str) -> dict[str, Any] | None:
    """Return the customer with an address, however it is spelt."""
    with stores.postgres().connection() as connection:
        row = connection.execute("SELECT id, name FROM customer WHERE lower(email) = lower(%s)", [email]).fetchone()
    return {"id": row[0], "name": row[1]} if row else None


def buy(customer_id: int, seats: list[int]) -> int | None:
    """Sell seats of one event, all or none; return the order's number, None where one of them is no longer free.

    Seats are locked in the order of their numbers, so that two orders wait for each other in one direction only.
    """
    with stores.postgres().connection() as connection:
        free = connection.execute(
            "SELECT event_id, price FROM seat WHERE id = ANY(%s) AND status <> 'sold' ORDER BY id FOR UPDATE", [seats]
        ).fetchall()
        if len(free) != len(set(seats)):
            return None
        connection.execute(
            "UPDATE seat SET status = 'sold', held_by = NULL, held_until = NULL WHERE id = ANY(%s)", [seats]
        )
        total = sum(price for _, price in free)
        [order] = connection.execute(
            "INSERT INTO orders VALUES (nextval('order_number'), %s, %s, 'paid', %s, now()) RETURNING id",
            [customer_id, free[0][0], total],
        ).fetchone() or [0]
        connection.execute("INSERT INTO ticket SELECT id, %s, price FROM seat WHERE id = ANY(%s)", [order, seats])
    return int(order)
