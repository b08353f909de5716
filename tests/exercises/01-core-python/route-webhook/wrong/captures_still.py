# Moves the narrow case up and checks the amounts, but the names still capture.
# fails: test_a_refund_is_no_payment, test_an_unknown_type_with_an_amount_moves_no_money
# says: twice its amount
# exercise: core.route-webhook
def route(event: object) -> Action:
    SUCCEEDED, REFUNDED = Kind.SUCCEEDED, Kind.REFUNDED
    match event:
        case {"type": str(kind), "data": {"amount": {"cents": cents}}} if type(cents) is not int or cents < 1:
            return Park(kind=kind)
        case {"type": SUCCEEDED, "data": {"order": str(order), "amount": {"cents": cents, "currency": "EUR"}}}:
            return Confirm(order=order, cents=cents)
        case {"type": REFUNDED, "data": {"order": str(order), "amount": {"cents": cents, "currency": "EUR"}}}:
            return Refund(order=order, cents=cents)
        case {"type": Kind.FAILED, "data": {"order": str(order), "retry_after": seconds}} if type(seconds) is int and seconds >= 0:
            return Wait(order=order, seconds=seconds)
        case {"type": Kind.FAILED, "data": {"order": str(order), **rest}} if rest.get("retry_after") is None:
            return Release(order=order)
        case {"type": str(kind)}:
            return Park(kind=kind)
    return Park(kind=None)
