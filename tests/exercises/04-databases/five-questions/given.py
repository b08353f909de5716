"""The five questions, and what the server touches to answer one."""

from collections.abc import Mapping

import psycopg

QUESTIONS = {
    "till": "SELECT id, price FROM seat WHERE event_id = %(event)s AND status = 'free' ORDER BY price LIMIT 10",
    "clean-up": "SELECT id FROM seat WHERE status = 'held' AND held_until < %(now)s",
    "history": "SELECT id, total FROM orders WHERE customer_id = %(customer)s ORDER BY placed_at DESC LIMIT 5",
    "spent": "SELECT sum(total) FROM orders WHERE customer_id = %(customer)s AND placed_at >= %(since)s",
    "login": "SELECT id, name FROM customer WHERE lower(email) = lower(%(email)s)",
}


def pages(url: str, question: str, values: Mapping[str, object]) -> int:
    """Return how many pages the server touches to answer a question, once its session knows the catalogue."""
    with psycopg.connect(url, cursor_factory=psycopg.ClientCursor) as db:
        for _ in range(2):
            ((plan,),) = db.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {QUESTIONS[question]}", values)
    whole = plan[0]["Plan"]
    return int(whole["Shared Hit Blocks"]) + int(whole["Shared Read Blocks"])
