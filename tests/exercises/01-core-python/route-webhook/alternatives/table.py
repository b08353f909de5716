# A dictionary from type to handler; each handler checks its own part with isinstance.
# exercise: core.route-webhook
def route(event: object) -> Action:
    kind = event.get("type") if isinstance(event, dict) else None
    kind = kind if isinstance(kind, str) else None
    data = event.get("data") if kind else None
    handlers = {"payment.succeeded": paid(Confirm), "payment.refunded": paid(Refund), "payment.failed": failed}
    if not isinstance(data, dict) or not isinstance(data.get("order"), str) or kind not in handlers:
        return Park(kind=kind)
    return handlers[kind](data) or Park(kind=kind)


def paid(action):
    def handle(data):
        amount = data.get("amount")
        if not isinstance(amount, dict) or amount.get("currency") != "EUR":
            return None
        cents = amount.get("cents")
        return action(order=data["order"], cents=cents) if type(cents) is int and cents >= 1 else None

    return handle


def failed(data):
    seconds = data.get("retry_after")
    if seconds is None:
        return Release(order=data["order"])
    return Wait(order=data["order"], seconds=seconds) if type(seconds) is int and seconds >= 0 else None
