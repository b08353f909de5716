"""The accountants' ledger, in MariaDB: one line for each paid order of an event that was settled."""

from __future__ import annotations

from catalogue import stores


def create() -> None:
    """Make the ledger, at the first start, and let an order stand in it once, whatever stands there from before."""
    with stores.mariadb() as connection, connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS entry (id BIGINT PRIMARY KEY AUTO_INCREMENT, order_id BIGINT NOT NULL, "
            "event_id INT NOT NULL, amount DECIMAL(10, 2) NOT NULL)"
        )
        if not cursor.execute("SHOW INDEX FROM entry WHERE Key_name = 'once'"):
            cursor.execute("DELETE later FROM entry later JOIN entry first USING (order_id) WHERE later.id > first.id")
            cursor.execute("ALTER TABLE entry ADD UNIQUE INDEX once (order_id)")


def settle(event: int) -> int:
    """Write an event's paid orders into the ledger; return how many it has. Again does no harm."""
    with stores.postgres().connection() as connection:
        orders = connection.execute(
            "SELECT id, total FROM orders WHERE event_id = %s AND status = 'paid' ORDER BY id", [event]
        ).fetchall()
    rows = [(order, event, total) for order, total in orders]
    with stores.mariadb() as connection, connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO entry (order_id, event_id, amount) VALUES (%s, %s, %s)"
            " ON DUPLICATE KEY UPDATE amount = VALUES(amount)",
            rows,
        )
        connection.commit()
    return len(orders)
