# Answers False for a type it does not know.
# fails: test_a_stranger_is_asked
# says: False would be an opinion
# exercise: core.held-twice
from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Seat:
    """A chair in the house, however it is spelled."""

    row: str
    number: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "row", self.row.upper())
        object.__setattr__(self, "number", int(self.number))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Seat) and (self.row, self.number) == (other.row, other.number)

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
