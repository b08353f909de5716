# Takes a copy of the dict and puts it back, with everything that others wrote meanwhile lost.
# fails: test_what_others_wrote_stays
# says: takes paid seats
# exercise: core.all-or-nothing
class Transaction:
    """Write to a dict from seat label to customer; undo this block's writes when it fails."""

    _ABSENT = object()

    def __init__(self, holds: dict[str, str | None]) -> None:
        self._holds = holds
        self._levels: list[list[tuple[str, object]]] = []

    def __enter__(self) -> "Transaction":
        self._levels.append(dict(self._holds))
        return self

    def __exit__(self, kind, error, trace) -> None:
        notes = self._levels.pop()
        if kind is None:
            return
        self._holds.clear()
        self._holds.update(notes)

    def _note(self, seat: str) -> None:
        if not self._levels:
            raise RuntimeError("write inside `with`")

    def __getitem__(self, seat: str) -> str | None:
        return self._holds[seat]

    def __setitem__(self, seat: str, customer: str | None) -> None:
        self._note(seat)
        self._holds[seat] = customer

    def __delitem__(self, seat: str) -> None:
        self._note(seat)
        del self._holds[seat]
