# Repairs the name that the ledger complained about and leaves the other one to capture.
# fails: test_an_unknown_type_with_an_amount_moves_no_money
# says: the type decides
# exercise: core.route-webhook
def route(event: object) -> Action:
    """Return what Boxoffice does about a decoded webhook; never raise. Cents and seconds are whole numbers."""
    match event:
        case {
            "type": Kind.SUCCEEDED | str() as kind,
            "data": {"order": str(order), "amount": {"cents": cents, "currency": "EUR"}},
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
