"""Ids that mypy keeps apart, and one line of the month's sales."""

from dataclasses import dataclass
from typing import NewType

EventId = NewType("EventId", str)
PromoterId = NewType("PromoterId", str)
HOUSE = PromoterId("HOUSE")  # gets the sales of events that nobody owns


@dataclass(frozen=True)
class Sale:
    event: EventId
    cents: int  # negative for a refund
    voucher: str | None
