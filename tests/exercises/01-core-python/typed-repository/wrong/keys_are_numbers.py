# Knows the items, and takes any number for a key.
# fails: test_a_key_of_another_kind_is_refused, test_the_first_parameter_is_the_key
# says: pay the wrong order back
# exercise: core.typed-repository
from collections.abc import Callable
from typing import Generic, TypeVar

Item = TypeVar("Item")
Group = TypeVar("Group")


class Repository(Generic[Item]):
    """Items under the keys that `key_of` reads off them."""

    def __init__(self, key_of: Callable[[Item], int]) -> None:
        self._key_of = key_of
        self._items: dict[int, Item] = {}

    def add(self, item: Item) -> None:
        key = self._key_of(item)
        if key in self._items:
            raise ValueError(f"{key} is there already")
        self._items[key] = item

    def get(self, key: int) -> Item:
        return self._items[key]

    def find(self, key: int) -> Item | None:
        return self._items.get(key)

    def where(self, test: Callable[[Item], bool]) -> list[Item]:
        return [item for item in self._items.values() if test(item)]

    def grouped(self, by: Callable[[Item], Group]) -> dict[Group, list[Item]]:
        groups: dict[Group, list[Item]] = {}
        for item in self._items.values():
            groups.setdefault(by(item), []).append(item)
        return groups
