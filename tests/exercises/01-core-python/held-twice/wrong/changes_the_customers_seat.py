# Files the holds anew, but changes the seats themselves, which others hold too.
# fails: test_the_customers_own_seat_stays_as_it_is
# says: still says B 7
# exercise: core.held-twice
from dataclasses import dataclass


@dataclass(frozen=True)
class Seat:
    """A chair in the house, however it is spelled."""

    row: str
    number: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "row", self.row.upper())
        object.__setattr__(self, "number", int(self.number))


class HoldBook:
    """Who holds which seat."""

    def __init__(self) -> None:
        self._held: dict[Seat, str] = {}

    def __len__(self) -> int:
        return len(self._held)

    def hold(self, seat: Seat, customer: str) -> bool:
        """Hold the seat unless somebody else does; say whether the customer has it now."""
        return self._held.setdefault(seat, customer) == customer

    def holder(self, seat: Seat) -> str | None:
        """Return the customer who holds the seat, or None."""
        return self._held.get(seat)

    def rename_row(self, old: str, new: str) -> None:
        """Move every hold of row `old` to row `new`."""
        for seat in self._held:
            if seat.row == old.upper():
                object.__setattr__(seat, "row", new.upper())
        self._held = dict(self._held.items())
