# Settles the row's spelling and leaves the number's: 7 and "07" are two chairs.
# fails: test_both_spellings_are_equal, test_both_spellings_have_one_hash, test_a_held_seat_is_refused_in_any_spelling, test_a_seat_has_one_spelling, test_a_set_holds_a_chair_once, test_renaming_takes_any_spelling, test_a_number_that_is_none_is_refused
# says: the same chair
# exercise: core.held-twice
from dataclasses import dataclass


@dataclass(frozen=True)
class Seat:
    """A chair in the house, however it is spelled."""

    row: str
    number: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "row", self.row.upper())


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
