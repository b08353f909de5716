"""What the payment partner calls things, and what Boxoffice can do about them."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    SUCCEEDED = "payment.succeeded"
    REFUNDED = "payment.refunded"
    FAILED = "payment.failed"


@dataclass(frozen=True, kw_only=True)
class Confirm:
    """Book a payment and send the tickets."""

    order: str
    cents: int


@dataclass(frozen=True, kw_only=True)
class Refund:
    """Book a refund and free the seats."""

    order: str
    cents: int


@dataclass(frozen=True, kw_only=True)
class Wait:
    """Keep the seats: the partner tries again after so many seconds."""

    order: str
    seconds: int


@dataclass(frozen=True, kw_only=True)
class Release:
    """Free the seats: this payment will not come."""

    order: str


@dataclass(frozen=True, kw_only=True)
class Park:
    """Put the webhook aside for a person; `kind` is its type, None without one."""

    kind: str | None


Action = Confirm | Refund | Wait | Release | Park

PAID = {
    "type": "payment.succeeded",
    "data": {"order": "O-7", "amount": {"cents": 12500, "currency": "EUR"}},
}
DECLINED = {
    "type": "payment.failed",
    "data": {"order": "O-8", "retry_after": 30},
}
