# Lets add take anything, for key_of will see.
# fails: test_an_item_of_another_kind_is_refused
# says: holds orders, and nothing else
# exercise: core.typed-repository
from collections.abc import Callable
from typing import Any, Generic, TypeVar

Key = TypeVar("Key")
Item = TypeVar("Item")
Group = TypeVar("Group")


class Repository(Generic[Key, Item]):
    """Items under the keys that `key_of` reads off them."""

    def __init__(self, key_of: Callable[[Item], Key]) -> None:
        self._key_of = key_of
        self._items: dict[Key, Item] = {}

    def add(self, item: Any) -> None:
        key = self._key_of(item)
        if key in self._items:
            raise ValueError(f"{key} is there already")
        self._items[key] = item

    def get(self, key: Key) -> Item:
        return self._items[key]

    def find(self, key: Key) -> Item | None:
        return self._items.get(key)

    def where(self, test: Callable[[Item], bool]) -> list[Item]:
        return [item for item in self._items.values() if test(item)]

    def grouped(self, by: Callable[[Item], Group]) -> dict[Group, list[Item]]:
        groups: dict[Group, list[Item]] = {}
        for item in self._items.values():
            groups.setdefault(by(item), []).append(item)
        return groups
