# Silences mypy with Any, which fits everywhere.
# fails: test_an_item_comes_out_as_what_it_is, test_a_key_of_another_kind_is_refused, test_groups_have_the_type_that_the_function_gives, test_an_item_of_another_kind_is_refused, test_the_first_parameter_is_the_key
# says: a type lost on the way
# exercise: core.typed-repository
from collections.abc import Callable
from typing import Any


class Repository:
    """Anys under the keys that `key_of` reads off them."""

    def __init__(self, key_of: Callable[[Any], Any]) -> None:
        self._key_of = key_of
        self._items: dict[Any, Any] = {}

    def add(self, item: Any) -> None:
        key = self._key_of(item)
        if key in self._items:
            raise ValueError(f"{key} is there already")
        self._items[key] = item

    def get(self, key: Any) -> Any:
        return self._items[key]

    def find(self, key: Any) -> Any | None:
        return self._items.get(key)

    def where(self, test: Callable[[Any], bool]) -> list[Any]:
        return [item for item in self._items.values() if test(item)]

    def grouped(self, by: Callable[[Any], Any]) -> dict[Any, list[Any]]:
        groups: dict[Any, list[Any]] = {}
        for item in self._items.values():
            groups.setdefault(by(item), []).append(item)
        return groups
