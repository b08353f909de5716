"""Two events with eighty seats each."""

from boxoffice import Size
from boxoffice import load as load_world


def load(url: str) -> None:
    """Fill an empty place."""
    load_world(url, Size(events=2, seats=80, customers=10, orders=0), ["venue", "event", "seat"])
