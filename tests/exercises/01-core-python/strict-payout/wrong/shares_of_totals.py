# Adds up by promoter first, and shares the total.
# fails: test_a_month_of_refunds, test_any_month
# says: each event is shared
# exercise: core.strict-payout
from collections.abc import Iterable, Mapping


def read_sale(line: str) -> Sale:
    """Return the sale in a line EVENT;CENTS;VOUCHER, the last of which may be empty."""
    event, cents, voucher = line.split(";")
    return Sale(EventId(event), int(cents), voucher or None)


def paid(sale: Sale, vouchers: Mapping[str, int]) -> int:
    """Return what a sale brought, less its voucher, in cents."""
    if sale.voucher is None:
        return sale.cents
    return sale.cents - vouchers.get(sale.voucher, 0)


def share(cents: int, percent: int) -> int:
    """Return a promoter's part in cents, rounded down; 0 where refunds outweigh the sales."""
    return cents * percent // 100 if cents > 0 else 0


def payouts(
    lines: Iterable[str],
    owners: Mapping[EventId, PromoterId],
    shares: Mapping[PromoterId, int],
    vouchers: Mapping[str, int],
) -> dict[PromoterId, int]:
    """Return what each promoter gets, in cents."""
    totals: dict[PromoterId, int] = {}
    for sale in map(read_sale, lines):
        promoter = owners.get(sale.event, HOUSE)
        totals[promoter] = totals.get(promoter, 0) + paid(sale, vouchers)
    return {promoter: share(cents, shares.get(promoter, 80)) for promoter, cents in totals.items()}
