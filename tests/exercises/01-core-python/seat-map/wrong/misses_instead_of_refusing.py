# Looks every other key up as a label: KeyError.
# fails: test_other_keys_are_refused
# says: raised KeyError
# exercise: core.seat-map
from collections.abc import Iterable, Iterator


class SeatMap:
    """The seats of a house in house order, immutable: SeatMap(["A1", "A2"])."""

    def __init__(self, labels: Iterable[str]) -> None:
        self._labels = tuple(labels)
        self._position: dict[str, int] = {}
        for position, label in enumerate(self._labels):
            if self._position.setdefault(label, position) != position:
                raise ValueError(f"seat {label} is listed twice")

    def __len__(self) -> int:
        return len(self._labels)

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(self._labels)

    def __contains__(self, label: object) -> bool:
        return isinstance(label, str) and label in self._position

    def __getitem__(self, key: int | slice | str) -> "str | int | SeatMap":
        match key:
            case int():
                return self._labels[key]
            case slice():
                return SeatMap(self._labels[key])
        return self._position[key]

    def __eq__(self, other: object) -> bool:
        return self._labels == other._labels if isinstance(other, SeatMap) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._labels)
