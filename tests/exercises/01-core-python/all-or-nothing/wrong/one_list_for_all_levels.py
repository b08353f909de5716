# Keeps one list of notes: the failure of an inner block undoes the outer one too.
# fails: test_a_savepoint_undoes_its_own_changes_only, test_any_nesting_of_blocks
# says: has not failed
# exercise: core.all-or-nothing
class Transaction:
    """Write to a dict from seat label to customer; undo this block's writes when it fails."""

    _ABSENT = object()

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
        notes = [note for level in self._levels for note in level] + notes
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
