"""A Boxoffice of four shows, with what keys and constraints need."""

import boxoffice


def load(url: str) -> None:
    """Fill an empty database."""
    boxoffice.load(url, boxoffice.Size(events=4, seats=8, customers=20, orders=40))
