"""A small Boxoffice: six shows of 2,500 seats, 1,000 customers, 6,000 orders."""

import boxoffice


def load(url: str) -> None:
    """Fill an empty database."""
    boxoffice.load(url, boxoffice.Size(events=6, seats=2_500, customers=1_000, orders=6_000))
