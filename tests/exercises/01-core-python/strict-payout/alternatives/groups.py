# A Counter of events, and sums over groups of events by owner.
# exercise: core.strict-payout
from collections import Counter
from collections.abc import Iterable, Mapping


def read_sale(line: str) -> Sale:
    """Return the sale in a line EVENT;CENTS;VOUCHER, the last of which may be empty."""
    match line.split(";"):
        case [event, cents, ""]:
            return Sale(EventId(event), int(cents), None)
        case [event, cents, voucher]:
            return Sale(EventId(event), int(cents), voucher)
    raise ValueError(line)


def paid(sale: Sale, vouchers: Mapping[str, int]) -> int:
    """Return what a sale brought, less its voucher, in cents."""
    known = sale.voucher is not None and sale.voucher in vouchers
    return sale.cents - vouchers[sale.voucher] if known and sale.voucher else sale.cents


def share(cents: int, percent: int) -> int:
    """Return a promoter's part in cents, rounded down; 0 where refunds outweigh the sales."""
    return max(cents, 0) * percent // 100


def payouts(
    lines: Iterable[str],
    owners: Mapping[EventId, PromoterId],
    shares: Mapping[PromoterId, int],
    vouchers: Mapping[str, int],
) -> dict[PromoterId, int]:
    """Return what each promoter gets, in cents."""
    brought: Counter[EventId] = Counter()
    for sale in map(read_sale, lines):
        brought[sale.event] += paid(sale, vouchers)
    paid_to = {event: owners.get(event, HOUSE) for event in brought}
    return {
        promoter: sum(
            share(brought[event], shares.get(promoter, 80))
            for event in brought
            if paid_to[event] == promoter
        )
        for promoter in paid_to.values()
    }
