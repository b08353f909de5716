import random

import answer
from given import Park, Release


def money(kind: str, order: object, cents: object) -> dict[str, object]:
    return {"type": kind, "data": {"order": order, "amount": {"cents": cents, "currency": "EUR"}}}


def test_an_unknown_type_with_an_amount_moves_no_money(rng: random.Random):
    """An amount does not make a payment or a refund: a dispute carries one, too."""
    kind = rng.choice(["dispute.opened", "payout.sent", "payment.authorised"])
    assert answer.route(money(kind, f"O-{rng.randint(1, 99)}", rng.randint(1, 9999))) == Park(kind=kind), (
        "the type decides, not the shape"
    )


def test_a_retry_of_null_is_no_retry(rng: random.Random):
    """`"retry_after": null` says the same as no `retry_after`: the seats are freed."""
    order = f"O-{rng.randint(1, 9999)}"
    event = {"type": "payment.failed", "data": {"order": order, "retry_after": None}}
    assert answer.route(event) == Release(order=order), "null and missing mean the same to this partner"


def test_a_retry_that_cannot_be_read_frees_no_seat(rng: random.Random):
    """A `retry_after` that is no whole number of seconds from 0 up is put aside; the seats stay held."""
    order = f"O-{rng.randint(1, 9999)}"
    for seconds in ("30", True, -rng.randint(1, 60), 2.5):
        event = {"type": "payment.failed", "data": {"order": order, "retry_after": seconds}}
        assert answer.route(event) == Park(kind="payment.failed"), "a seat that was freed by mistake is sold twice"


def test_only_whole_cents_from_one_up_are_money(rng: random.Random):
    """Cents are a whole number from 1 up: no truth value, no text, no float, no zero."""
    for cents in (True, str(rng.randint(1, 999)), 12.5, 0, -rng.randint(1, 999), None):
        for kind in ("payment.succeeded", "payment.refunded"):
            assert answer.route(money(kind, "O-7", cents)) == Park(kind=kind), "the ledger takes what it is given"


def test_an_order_is_a_text(rng: random.Random):
    """Without an order number, nothing is booked and nothing is freed."""
    for order in (None, rng.randint(1, 9999)):
        assert answer.route(money("payment.refunded", order, 500)) == Park(kind="payment.refunded"), "whose money is it?"
        for data in ({"order": order}, {"order": order, "retry_after": 30}):
            event = {"type": "payment.failed", "data": data}
            assert answer.route(event) == Park(kind="payment.failed"), "whose seats are they?"


def test_nonsense_is_parked_and_not_raised(rng: random.Random):
    """Whatever arrives, an action comes back: on an exception the partner would send the same again, for days."""
    for event in ([], None, "payment.failed", rng.randint(1, 9), {}, {"type": None}, {"type": [rng.randint(1, 9)]}):
        assert answer.route(event) == Park(kind=None), "an exception here is a webhook that never stops"
    for event in ({"type": "payment.failed"}, {"type": "payment.failed", "data": None}, {"type": "payment.failed", "data": []}):
        assert answer.route(event) == Park(kind="payment.failed"), "an exception here is a webhook that never stops"
