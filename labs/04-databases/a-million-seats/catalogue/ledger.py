"""The accountants' ledger, in MariaDB: one line for each paid order of an event that was settled."""

from __future__ import annotations

from catalogue import stores


def create() -> None:
    """Make the ledger, at the first start."""
    with stores.mariadb() as connection, connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS entry (id BIGINT PRIMARY KEY AUTO_INCREMENT, order_id BIGINT NOT NULL, "
            "event_id INT NOT NULL, amount DECIMAL(10, 2) NOT NULL)"
        )


def settle(event: int) -> int:
    """Write an event's paid orders into the ledger; return how many it has."""
    with stores.postgres().connection() as connection:
        orders = connection.execute(
            "SELECT id, total FROM orders WHERE event_id = %s AND status = 'paid' ORDER BY id", [event]
        ).fetchall()
    with stores.mariadb() as connection, connection.cursor() as cursor:
        for order, total in orders:
            cursor.execute("INSERT INTO entry (order_id, event_id, amount) VALUES (%s, %s, %s)", [order, event, total])
            connection.commit()
    return len(orders)
