# A hand-written class around one settled label, read-only through properties; renaming moves holds one by one.
# exercise: core.held-twice
class Seat:
    """A chair in the house, however it is spelled."""

    __slots__ = ("_place",)

    def __init__(self, row, number):
        self._place = (row.upper(), int(number))

    row = property(lambda self: self._place[0])
    number = property(lambda self: self._place[1])

    def __eq__(self, other):
        if isinstance(other, Seat):
            return self._place == other._place
        return NotImplemented

    def __hash__(self):
        return hash(self._place)


class HoldBook:
    """Who holds which seat."""

    def __init__(self):
        self._held = {}

    def __len__(self):
        return len(self._held)

    def hold(self, seat, customer):
        """Hold the seat unless somebody else does; say whether the customer has it now."""
        return self._held.setdefault(seat, customer) == customer

    def holder(self, seat):
        """Return the customer who holds the seat, or None."""
        return self._held.get(seat)

    def rename_row(self, old, new):
        """Move every hold of row `old` to row `new`."""
        for seat in [seat for seat in self._held if seat.row == Seat(old, 0).row]:
            self._held[Seat(new, seat.number)] = self._held.pop(seat)
