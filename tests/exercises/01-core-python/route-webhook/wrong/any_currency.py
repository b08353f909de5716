# Looks at the cents and leaves the currency to the keys that are ignored.
# fails: test_other_currencies_wait_for_a_person
# says: kronor
# exercise: core.route-webhook
def route(event: object) -> Action:
    """Return what Boxoffice does about a decoded webhook; never raise. Cents and seconds are whole numbers."""
    match event:
        case {
            "type": Kind.SUCCEEDED | Kind.REFUNDED as kind,
            "data": {"order": str(order), "amount": {"cents": cents}},
        } if type(cents) is int and cents > 0:
            return Confirm(order=order, cents=cents) if kind == Kind.SUCCEEDED else Refund(order=order, cents=cents)
        case {
            "type": Kind.FAILED,
            "data": {"order": str(order), "retry_after": seconds},
        } if type(seconds) is int and seconds >= 0:
            return Wait(order=order, seconds=seconds)
        case {"type": Kind.FAILED, "data": {"order": str(order), **rest}} if rest.get("retry_after") is None:
            return Release(order=order)
        case {"type": str(kind)}:
            return Park(kind=kind)
    return Park(kind=None)
