# Takes None for "nobody had it", so that a blocked seat comes back as a free one.
# fails: test_a_blocked_seat_is_not_a_free_one, test_any_nesting_of_blocks
# says: None
# exercise: core.all-or-nothing
class Transaction:
    """Write to a dict from seat label to customer; undo this block's writes when it fails."""

    _ABSENT = None

    def __init__(self, holds: dict[str, str | None]) -> None:
        self._holds = holds
        self._levels: list[list[tuple[str, object]]] = []

    def __enter__(self) -> "Transaction":
        self._levels.append([])
        return self

    def __exit__(self, kind, error, trace) -> None:
        notes = self._levels.pop()
        if kind is None:
            if self._levels:
                self._levels[-1].extend(notes)
            return
        for seat, before in reversed(notes):
            if before is self._ABSENT:
                self._holds.pop(seat, None)
            else:
                self._holds[seat] = before

    def _note(self, seat: str) -> None:
        if not self._levels:
            raise RuntimeError("write inside `with`")
        self._levels[-1].append((seat, self._holds.get(seat, self._ABSENT)))

    def __getitem__(self, seat: str) -> str | None:
        return self._holds[seat]

    def __setitem__(self, seat: str, customer: str | None) -> None:
        self._note(seat)
        self._holds[seat] = customer

    def __delitem__(self, seat: str) -> None:
        self._note(seat)
        del self._holds[seat]
