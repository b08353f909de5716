# Keeps items in lists of pairs, with a private generic base and a Protocol for the key function.
# exercise: core.typed-repository
from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar

K = TypeVar("K")
E = TypeVar("E")
G = TypeVar("G")
E_contra = TypeVar("E_contra", contravariant=True)
K_co = TypeVar("K_co", covariant=True)


class Reads(Protocol[E_contra, K_co]):
    """A function from an item to something read off it."""

    def __call__(self, item: E_contra, /) -> K_co: ...


class Repository(Generic[K, E]):
    """Items under the keys that `key_of` reads off them."""

    def __init__(self, key_of: Reads[E, K]) -> None:
        self._key_of = key_of
        self._pairs: list[tuple[K, E]] = []

    def __iter__(self) -> Iterator[E]:
        return (item for _, item in self._pairs)

    def find(self, key: K) -> E | None:
        return next((item for known, item in self._pairs if known == key), None)

    def get(self, key: K) -> E:
        for known, item in self._pairs:
            if known == key:
                return item
        raise KeyError(key)

    def add(self, item: E) -> None:
        key = self._key_of(item)
        if any(known == key for known, _ in self._pairs):
            raise ValueError(f"{key} is there already")
        self._pairs.append((key, item))

    def where(self, test: Reads[E, bool]) -> list[E]:
        return list(filter(test, self))

    def grouped(self, by: Reads[E, G]) -> dict[G, list[E]]:
        groups = {by(item): list[E]() for item in self}
        for item in self:
            groups[by(item)].append(item)
        return groups
