import random
from collections import defaultdict

import pytest
from pymongo import MongoClient

from course.checks import inside


@pytest.mark.writes
@pytest.mark.points(2)
def test_any_orders(place, rng: random.Random):
    """Whatever was ordered and paid, the report is that of a look through all orders."""
    sections, states = ["Stalls", "Circle", "Balcony", "Box"], ["settled", "settled", "settled", "pending", "refused"]
    orders = []
    for number in range(60):
        lines = [
            {"section": rng.choice(sections), "tickets": rng.randrange(1, 5), "cents": rng.randrange(10, 99) * 100}
            for _ in range(rng.randrange(1, 4))
        ]
        each = {"_id": number, "event": rng.choice([5, 6]), "lines": lines}
        if rng.random() < 0.9:
            each["payments"] = [{"method": "card", "state": rng.choice(states)} for _ in range(rng.randrange(4))]
        orders.append(each)
    with MongoClient(place.admin) as client:
        client.get_default_database().order.insert_many(orders_of(orders))
    numbers, sums = defaultdict(set), defaultdict(lambda: [0, 0])
    for each in orders:
        payments = each.get("payments", [])
        if each["event"] == 5 and payments and all(payment["state"] == "settled" for payment in payments):
            for line in each["lines"]:
                numbers[line["section"]].add(each["_id"])
                sums[line["section"]][0] += line["tickets"]
                sums[line["section"]][1] += line["tickets"] * line["cents"]
    wanted = [(section, len(numbers[section]), *sums[section]) for section in sums]
    lines, _ = inside("came", place.url, 5)
    assert [tuple(line) for line in lines] == sorted(wanted, key=lambda line: (-line[3], line[0])), "paid too much, or too little"


def orders_of(orders: list) -> list:
    """Return orders with numbers that none of the template has."""
    return [{**each, "_id": 1_000 + each["_id"]} for each in orders]


def test_the_server_adds_up(place):
    """No more documents come over the wire than there are sections."""
    lines, came = inside("came", place.url, 77)
    assert came <= len(lines), f"{came} documents came for {len(lines)} lines: a big show has 40,000 orders"
