# Reads type and data before matching, and raises where they are missing.
# fails: test_nonsense_is_parked_and_not_raised
# says: raised
# exercise: core.route-webhook
def route(event: object) -> Action:
    kind, data = event["type"], event["data"]
    match kind, data:
        case Kind.SUCCEEDED, {"order": str(order), "amount": {"cents": cents, "currency": "EUR"}} if type(cents) is int and cents > 0:
            return Confirm(order=order, cents=cents)
        case Kind.REFUNDED, {"order": str(order), "amount": {"cents": cents, "currency": "EUR"}} if type(cents) is int and cents > 0:
            return Refund(order=order, cents=cents)
        case Kind.FAILED, {"order": str(order), "retry_after": seconds} if type(seconds) is int and seconds >= 0:
            return Wait(order=order, seconds=seconds)
        case Kind.FAILED, {"order": str(order), **rest} if rest.get("retry_after") is None:
            return Release(order=order)
    return Park(kind=kind)
