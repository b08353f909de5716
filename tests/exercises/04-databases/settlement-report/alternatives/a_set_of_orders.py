# Groups once, and collects the orders of a section in a set.
# exercise: databases.settlement-report
from pymongo import MongoClient


def report(url: str, event: int) -> list[tuple[str, int, int, int]]:
    """Return (section, orders, tickets, cents) of a show's paid orders, the largest sum first."""
    cost = {"$multiply": ["$lines.tickets", "$lines.cents"]}
    pipeline = [
        {"$match": {"event": event, "payments.0": {"$exists": True}, "payments.state": {"$nin": ["pending", "refused"]}}},
        {"$unwind": "$lines"},
        {
            "$group": {
                "_id": "$lines.section",
                "orders": {"$addToSet": "$_id"},
                "tickets": {"$sum": "$lines.tickets"},
                "cents": {"$sum": cost},
            }
        },
        {"$sort": {"cents": -1, "_id": 1}},
    ]
    with MongoClient(url) as client:
        found = client.get_default_database().order.aggregate(pipeline)
        return [(each["_id"], len(each["orders"]), each["tickets"], each["cents"]) for each in found]
