# Takes a delay of null for something that nobody can read, and not for none.
# fails: test_a_retry_of_null_is_no_retry
# says: null and missing
# exercise: core.route-webhook
def route(event: object) -> Action:
    """Return what Boxoffice does about a decoded webhook; never raise. Cents and seconds are whole numbers."""
    match event:
        case {
            "type": Kind.SUCCEEDED | Kind.REFUNDED as kind,
            "data": {"order": str(order), "amount": {"cents": cents, "currency": "EUR"}},
        } if type(cents) is int and cents > 0:
            return Confirm(order=order, cents=cents) if kind == Kind.SUCCEEDED else Refund(order=order, cents=cents)
        case {
            "type": Kind.FAILED,
            "data": {"order": str(order), "retry_after": seconds},
        } if type(seconds) is int and seconds >= 0:
            return Wait(order=order, seconds=seconds)
        case {"type": Kind.FAILED, "data": {"order": str(order), **rest}} if "retry_after" not in rest:
            return Release(order=order)
        case {"type": str(kind)}:
            return Park(kind=kind)
    return Park(kind=None)
