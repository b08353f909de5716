# Takes an order without payments for one whose payments are all settled.
# fails: test_every_payment_is_settled, test_the_whole_report, test_two_payments_are_one_order, test_any_orders
# says: nor one without payments
# exercise: databases.settlement-report
from pymongo import MongoClient


def report(url: str, event: int) -> list[tuple[str, int, int, int]]:
    """Return (section, orders, tickets, cents) of a show's paid orders, the largest sum first."""
    unsettled = {"$elemMatch": {"state": {"$ne": "settled"}}}
    cost = {"$multiply": ["$lines.tickets", "$lines.cents"]}
    one = {"_id": {"order": "$_id", "section": "$lines.section"}}
    whole = {"_id": "$_id.section", "orders": {"$sum": 1}, "tickets": {"$sum": "$tickets"}, "cents": {"$sum": "$cents"}}
    pipeline = [
        {"$match": {"event": event, "payments": {"$not": unsettled}}},
        {"$unwind": "$lines"},
        {"$group": one | {"tickets": {"$sum": "$lines.tickets"}, "cents": {"$sum": cost}}},
        {"$group": whole},
        {"$sort": {"cents": -1, "_id": 1}},
    ]
    with MongoClient(url) as client:
        found = client.get_default_database().order.aggregate(pipeline)
        return [(each["_id"], each["orders"], each["tickets"], each["cents"]) for each in found]
