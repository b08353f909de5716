# Captures the order without asking what it is.
# fails: test_an_order_is_a_text
# says: whose
# exercise: core.route-webhook
def route(event: object) -> Action:
    """Return what Boxoffice does about a decoded webhook; never raise. Cents and seconds are whole numbers."""
    match event:
        case {
            "type": Kind.SUCCEEDED | Kind.REFUNDED as kind,
            "data": {"order": order, "amount": {"cents": cents, "currency": "EUR"}},
        } if type(cents) is int and cents > 0:
            return Confirm(order=order, cents=cents) if kind == Kind.SUCCEEDED else Refund(order=order, cents=cents)
        case {
            "type": Kind.FAILED,
            "data": {"order": order, "retry_after": seconds},
        } if type(seconds) is int and seconds >= 0:
            return Wait(order=order, seconds=seconds)
        case {"type": Kind.FAILED, "data": {"order": order, **rest}} if rest.get("retry_after") is None:
            return Release(order=order)
        case {"type": str(kind)}:
            return Park(kind=kind)
    return Park(kind=None)
