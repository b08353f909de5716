# Collects the changes in a copy and writes them when the outermost block has ended well.
# fails: test_others_see_each_change_at_once
# says: B5 is free
# exercise: core.all-or-nothing
class Transaction:
    """Write to a dict from seat label to customer; undo this block's writes when it fails."""

    def __init__(self, holds: dict[str, str | None]) -> None:
        self._holds = holds
        self._copies: list[dict[str, str | None]] = []

    def __enter__(self) -> "Transaction":
        self._copies.append(dict(self._copies[-1] if self._copies else self._holds))
        return self

    def __exit__(self, kind, error, trace) -> None:
        copy = self._copies.pop()
        if kind is None:
            target = self._copies[-1] if self._copies else self._holds
            target.clear()
            target.update(copy)

    def _open(self) -> dict[str, str | None]:
        if not self._copies:
            raise RuntimeError("write inside `with`")
        return self._copies[-1]

    def __getitem__(self, seat: str) -> str | None:
        return (self._copies[-1] if self._copies else self._holds)[seat]

    def __setitem__(self, seat: str, customer: str | None) -> None:
        self._open()[seat] = customer

    def __delitem__(self, seat: str) -> None:
        del self._open()[seat]
