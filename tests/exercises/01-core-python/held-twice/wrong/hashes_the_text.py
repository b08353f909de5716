# Compares a label that is settled, and hashes the text as it came, padded to two digits.
# fails: test_a_set_holds_a_chair_once
# says: holds it once
# exercise: core.held-twice
from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Seat:
    """A chair in the house, however it is spelled."""

    row: str
    number: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "_filed", f"{self.row}{self.number:0>2}".upper())
        object.__setattr__(self, "row", self.row.upper())
        object.__setattr__(self, "number", int(self.number))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Seat):
            return NotImplemented
        return (self.row, self.number) == (other.row, other.number)

    def __hash__(self) -> int:
        return hash(self._filed)


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
