# Takes str for all ids, so that everything fits.
# fails: test_ids_stay_apart_for_callers
# says: callers pass what the contract says
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
    owners: Mapping[str, PromoterId],
    shares: Mapping[str, int],
    vouchers: Mapping[str, int],
) -> dict[PromoterId, int]:
    """Return what each promoter gets, in cents."""
    by_event: dict[str, int] = {}
    for line in lines:
        sale = read_sale(line)
        by_event[sale.event] = by_event.get(sale.event, 0) + paid(sale, vouchers)
    gets: dict[PromoterId, int] = {}
    for event, cents in by_event.items():
        promoter = owners.get(event, HOUSE)
        gets[promoter] = gets.get(promoter, 0) + share(cents, shares.get(promoter, 80))
    return gets
