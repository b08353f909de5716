"""The world of Boxoffice: its tables, and the same venues, events, customers, seats and orders for everybody."""

from boxoffice.load import SMALL, Size, copy_rows, load
from boxoffice.tables import metadata

__all__ = ["SMALL", "Size", "copy_rows", "load", "metadata"]
