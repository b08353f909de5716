import random
from textwrap import wrap

import answer
import pytest

from course.checks import apart

SETUP = """
from dataclasses import dataclass
from typing import Dict, List, NewType, Optional, assert_type

OrderId = NewType("OrderId", int)
CustomerId = NewType("CustomerId", int)

@dataclass(frozen=True)
class Order:
    id: OrderId
    customer: CustomerId
    event: str

@dataclass(frozen=True)
class Customer:
    id: CustomerId
    name: str

def id_of(order: Order) -> OrderId: return order.id
def customer_of(order: Order) -> CustomerId: return order.customer
def event_of(order: Order) -> str: return order.event
def is_late(order: Order) -> bool: return order.id > 1000
def name_of(customer: Customer) -> str: return customer.name
def is_ana(customer: Customer) -> bool: return customer.name == "Ana"
def key_of(customer: Customer) -> CustomerId: return customer.id

order = Order(OrderId(1), CustomerId(7), "E7")
orders = Repository(id_of)
customers = Repository(key_of)
""".splitlines()


def told(lines: tuple[str, ...]) -> dict[str, str]:
    """Return what mypy says about each line below the answer; nothing where it has no objection."""
    return dict(apart("usage", answer.source, [*SETUP, *lines])[len(SETUP) :])


def accepted(why: str, *lines: str) -> None:
    """Fail at the first line that mypy refuses."""
    for line, objection in told(lines).items():
        if objection:
            apart("mypy", *wrap(line, 56))  # the call that the report shows
        assert (objection or "accepts it") == "accepts it", why


def refused(why: str, *lines: str) -> None:
    """Fail at the first line that mypy accepts."""
    for line, objection in told(lines).items():
        if not objection:
            apart("mypy", *wrap(line, 56))
        assert ("refuses it" if objection else "accepts it") == "refuses it", why


def filled(keys: list[int]):
    repository = answer.Repository(lambda item: item[0])
    for key in keys:
        repository.add((key, f"E{key % 3}"))
    return repository


def test_mypy_accepts_the_cell():
    """mypy has nothing to say about your cell in strict mode."""
    complaints = apart("complaints", answer.source)
    if complaints:
        apart("mypy", "your cell")
    assert complaints == [], "each line names what it lacks"


@pytest.mark.points(2)
def test_an_item_comes_out_as_what_it_is():
    """mypy knows what `get`, `find` and `where` return: an Order, perhaps an Order, a list of orders."""
    accepted(
        "a type lost on the way is an error that nobody sees",
        "assert_type(orders.get(OrderId(1)), Order)",
        "assert_type(orders.find(OrderId(1)), Optional[Order])",
        "assert_type(orders.where(is_late), List[Order])",
    )


def test_a_key_of_another_kind_is_refused():
    """mypy refuses a customer's id, a number and a text where an order's id belongs."""
    refused(
        "orders are kept by OrderId: this one would pay the wrong order back",
        "orders.get(CustomerId(7))",
        "orders.get(7)",
        'orders.find("7")',
        "orders.find(order.customer)",
    )


def test_what_find_returns_may_be_none():
    """mypy refuses to read a field of what `find` returned before somebody asked whether it is there."""
    refused("once a year nothing is found, and None has no event", "orders.find(OrderId(1)).event")


def test_what_was_added_is_found(rng: random.Random):
    """`get` and `find` return what was added under a key; without it, one raises KeyError, the other gives None."""
    keys = rng.sample(range(100), 8)
    repository = filled(keys)
    for key in keys:
        assert repository.get(key) == (key, f"E{key % 3}"), "this item was added under this key"
        assert repository.find(key) == (key, f"E{key % 3}"), "this item was added under this key"
    assert repository.find(200) is None, "nothing was added under 200"
    with pytest.raises(KeyError):
        repository.get(200)


def test_a_key_is_taken_once(rng: random.Random):
    """A second item under one key is refused with ValueError, and the first one stays."""
    key = rng.randrange(100)
    repository = answer.Repository(lambda item: item[0])
    assert repository.add((key, "first")) is None, "add returns nothing"
    with pytest.raises(ValueError):
        repository.add((key, "second"))
    assert repository.get(key) == (key, "first"), "an order was replaced by another one"
