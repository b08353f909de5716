"""Seats and customers in PostgreSQL."""

from __future__ import annotations

from typing import Any

from catalogue import stores


def create() -> None:
    """Make what the queries need beyond the tables of the course, at each start."""


def cheapest(limit: int, page: str) -> dict[str, Any]:
    """Return one page of the free seats of all events, the cheapest first; `next` leads to the following page."""
    with stores.postgres().connection() as connection:
        found = connection.execute(
            "SELECT id, event_id, price FROM seat WHERE status = 'free' ORDER BY price, id LIMIT %s OFFSET %s",
            [limit, int(page or 0) * limit],
        ).fetchall()
    seats = [{"id": id, "event": event, "price": str(price)} for id, event, price in found]
    return {"seats": seats, "next": str(int(page or 0) + 1) if seats else None}


def customer(email: str) -> dict[str, Any] | None:
    """Return the customer with an address, however it is spelt."""
    with stores.postgres().connection() as connection:
        row = connection.execute("SELECT id, name FROM customer WHERE lower(email) = lower(%s)", [email]).fetchone()
    return {"id": row[0], "name": row[1]} if row else None


def buy(customer_id: int, seats: list[int]) -> int | None:
    """Sell seats of one event, all or none; return the order's number, None where one of them is no longer free."""
    with stores.postgres().connection() as connection:
        for seat in seats:
            row = connection.execute("SELECT status FROM seat WHERE id = %s", [seat]).fetchone()
            if row is None or row[0] == "sold":
                return None
        for seat in seats:
            connection.execute(
                "UPDATE seat SET status = 'sold', held_by = NULL, held_until = NULL WHERE id = %s", [seat]
            )
        [order] = connection.execute(
            "INSERT INTO orders SELECT (SELECT max(id) + 1 FROM orders), %s, min(event_id), 'paid', sum(price), now()"
            " FROM seat WHERE id = ANY(%s) RETURNING id",
            [customer_id, seats],
        ).fetchone() or [0]
        connection.execute(
            "INSERT INTO ticket SELECT id, %s, price FROM seat WHERE id = ANY(%s) ON CONFLICT DO NOTHING",
            [order, seats],
        )
    return int(order)
