# Mends == and hash, and leaves a seat that anybody can change.
# fails: test_a_seat_never_changes
# says: raises AttributeError
# exercise: core.held-twice
class Seat:
    """A chair in the house, however it is spelled."""

    def __init__(self, row: str, number: int | str) -> None:
        self.row, self.number = row.upper(), int(number)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Seat):
            return NotImplemented
        return (self.row, self.number) == (other.row, other.number)

    def __hash__(self) -> int:
        return hash((self.row, self.number))


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
        self._held = {
            Seat(new, seat.number) if seat.row == old.upper() else seat: customer
            for seat, customer in self._held.items()
        }
