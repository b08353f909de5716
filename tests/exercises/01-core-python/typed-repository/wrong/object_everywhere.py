# Takes object for whatever it does not know.
# fails: test_an_item_comes_out_as_what_it_is, test_a_key_of_another_kind_is_refused, test_groups_have_the_type_that_the_function_gives, test_an_item_of_another_kind_is_refused, test_the_first_parameter_is_the_key
# says: a type lost on the way
# exercise: core.typed-repository
from collections.abc import Callable


class Repository:
    """objects under the keys that `key_of` reads off them."""

    def __init__(self, key_of: Callable[[object], object]) -> None:
        self._key_of = key_of
        self._items: dict[object, object] = {}

    def add(self, item: object) -> None:
        key = self._key_of(item)
        if key in self._items:
            raise ValueError(f"{key} is there already")
        self._items[key] = item

    def get(self, key: object) -> object:
        return self._items[key]

    def find(self, key: object) -> object | None:
        return self._items.get(key)

    def where(self, test: Callable[[object], bool]) -> list[object]:
        return [item for item in self._items.values() if test(item)]

    def grouped(self, by: Callable[[object], object]) -> dict[object, list[object]]:
        groups: dict[object, list[object]] = {}
        for item in self._items.values():
            groups.setdefault(by(item), []).append(item)
        return groups
