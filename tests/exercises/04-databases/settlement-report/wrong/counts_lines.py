# Counts lines for orders.
# fails: test_two_lines_are_one_order, test_the_whole_report, test_any_orders
# says: two orders with three lines
# exercise: databases.settlement-report
from pymongo import MongoClient


def report(url: str, event: int) -> list[tuple[str, int, int, int]]:
    """Return (section, orders, tickets, cents) of a show's paid orders, the largest sum first."""
    unsettled = {"$elemMatch": {"state": {"$ne": "settled"}}}
    cost = {"$multiply": ["$lines.tickets", "$lines.cents"]}
    pipeline = [
        {"$match": {"event": event, "payments.0": {"$exists": True}, "payments": {"$not": unsettled}}},
        {"$unwind": "$lines"},
        {
            "$group": {
                "_id": "$lines.section",
                "orders": {"$sum": 1},
                "tickets": {"$sum": "$lines.tickets"},
                "cents": {"$sum": cost},
            }
        },
        {"$sort": {"cents": -1, "_id": 1}},
    ]
    with MongoClient(url) as client:
        found = client.get_default_database().order.aggregate(pipeline)
        return [(each["_id"], each["orders"], each["tickets"], each["cents"]) for each in found]
