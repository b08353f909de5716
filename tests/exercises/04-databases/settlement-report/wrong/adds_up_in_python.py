# Fetches the orders and adds up in Python.
# fails: test_the_server_adds_up
# says: documents came for
# exercise: databases.settlement-report
from pymongo import MongoClient


def report(url: str, event: int) -> list[tuple[str, int, int, int]]:
    """Return (section, orders, tickets, cents) of a show's paid orders, the largest sum first."""
    numbers, sums = {}, {}
    with MongoClient(url) as client:
        for each in client.get_default_database().order.find({"event": event, "payments.state": "settled"}):
            if all(payment["state"] == "settled" for payment in each["payments"]):
                for line in each["lines"]:
                    numbers.setdefault(line["section"], set()).add(each["_id"])
                    tickets, cents = sums.get(line["section"], (0, 0))
                    sums[line["section"]] = tickets + line["tickets"], cents + line["tickets"] * line["cents"]
    lines = [(section, len(numbers[section]), *sums[section]) for section in sums]
    return sorted(lines, key=lambda line: (-line[3], line[0]))
