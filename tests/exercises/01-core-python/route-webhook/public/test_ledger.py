import random

import answer
import pytest
from given import Confirm, Park, Refund, Release, Wait


def some_order(rng: random.Random) -> str:
    return f"O-{rng.randint(1, 99999)}"


def money(kind: str, order: object, cents: object, currency: object = "EUR") -> dict[str, object]:
    return {"type": kind, "data": {"order": order, "amount": {"cents": cents, "currency": currency}}}


def test_a_payment_is_confirmed(rng: random.Random):
    """`payment.succeeded` confirms the order with the amount that was paid."""
    order = some_order(rng)
    for cents in (rng.randint(2, 90_000), 1):
        assert answer.route(money("payment.succeeded", order, cents)) == Confirm(order=order, cents=cents), (
            "a customer who has paid waits for tickets"
        )


@pytest.mark.points(2)
def test_a_refund_is_no_payment(rng: random.Random):
    """`payment.refunded` books a refund."""
    order, cents = some_order(rng), rng.randint(1, 90_000)
    assert answer.route(money("payment.refunded", order, cents)) == Refund(order=order, cents=cents), (
        "booked as a payment, a refund is wrong by twice its amount"
    )


@pytest.mark.points(2)
def test_a_partner_who_tries_again_is_waited_for(rng: random.Random):
    """A failed payment with `retry_after` keeps the seats for that many seconds."""
    order = some_order(rng)
    for seconds in (rng.randint(1, 600), 0):
        event = {"type": "payment.failed", "data": {"order": order, "retry_after": seconds}}
        assert answer.route(event) == Wait(order=order, seconds=seconds), "the seats were sold to somebody else meanwhile"


def test_a_payment_that_will_not_come_releases_the_seats(rng: random.Random):
    """A failed payment without `retry_after` frees the seats."""
    order = some_order(rng)
    event = {"type": "payment.failed", "data": {"order": order, "reason": "card_declined"}}
    assert answer.route(event) == Release(order=order), "seats held for nobody cannot be sold"


def test_other_currencies_wait_for_a_person(rng: random.Random):
    """Boxoffice books euros; an amount in another currency is put aside."""
    currency = rng.choice(["SEK", "CHF", "JPY", "eur", None])
    event = money("payment.succeeded", some_order(rng), rng.randint(1, 90_000), currency)
    assert answer.route(event) == Park(kind="payment.succeeded"), "1,250 kronor are not 1,250 euros"


def test_a_type_nobody_knows_waits_for_a_person(rng: random.Random):
    """A type that has no rule is put aside under its name."""
    kind = rng.choice(["customer.created", "payout.sent", "payment.pending"])
    assert answer.route({"type": kind, "data": {"id": rng.randint(1, 99)}}) == Park(kind=kind), (
        "what is not understood must not move money"
    )
