# Asks isinstance for whole numbers, so True is one cent and one second.
# fails: test_a_retry_that_cannot_be_read_frees_no_seat, test_only_whole_cents_from_one_up_are_money
# says: sold twice
# exercise: core.route-webhook
def route(event: object) -> Action:
    """Return what Boxoffice does about a decoded webhook; never raise. Cents and seconds are whole numbers."""
    match event:
        case {
            "type": Kind.SUCCEEDED | Kind.REFUNDED as kind,
            "data": {"order": str(order), "amount": {"cents": int(cents), "currency": "EUR"}},
        } if cents > 0:
            return Confirm(order=order, cents=cents) if kind == Kind.SUCCEEDED else Refund(order=order, cents=cents)
        case {
            "type": Kind.FAILED,
            "data": {"order": str(order), "retry_after": int(seconds)},
        } if seconds >= 0:
            return Wait(order=order, seconds=seconds)
        case {"type": Kind.FAILED, "data": {"order": str(order), **rest}} if rest.get("retry_after") is None:
            return Release(order=order)
        case {"type": str(kind)}:
            return Park(kind=kind)
    return Park(kind=None)
