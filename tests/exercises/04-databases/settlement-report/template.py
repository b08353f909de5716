"""Eight orders of show 77 and one of show 78."""

from pymongo import MongoClient

ORDERS = [  # event, (section, tickets, cents)…, states of the payments
    (77, [("Stalls", 2, 6900)], ["settled"]),
    (77, [("Stalls", 1, 6900), ("Stalls", 1, 5900)], ["settled", "settled"]),
    (77, [("Box", 4, 9900), ("Circle", 1, 4500)], ["settled", "settled", "settled"]),
    (77, [("Circle", 2, 4500)], ["settled", "refused"]),
    (77, [("Circle", 3, 4500)], []),
    (77, [("Box", 1, 9900)], None),
    (77, [("Balcony", 5, 900)], ["settled"]),
    (77, [("Balcony", 1, 900)], ["pending"]),
    (78, [("Box", 7, 1000)], ["settled"]),
]


def load(url: str) -> None:
    """Fill an empty place."""
    documents = []
    for number, (event, lines, states) in enumerate(ORDERS, 1):
        each = {"_id": number, "event": event}
        each["lines"] = [{"section": section, "tickets": tickets, "cents": cents} for section, tickets, cents in lines]
        if states is not None:
            each["payments"] = [{"method": "card", "state": state} for state in states]
        documents.append(each)
    with MongoClient(url) as client:
        client.get_default_database().order.insert_many(documents)
