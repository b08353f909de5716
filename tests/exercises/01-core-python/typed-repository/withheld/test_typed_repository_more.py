import random
from textwrap import wrap

import answer
import pytest

from course.checks import apart, inside

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


@pytest.mark.points(2)
def test_groups_have_the_type_that_the_function_gives():
    """mypy knows the keys of `grouped` from the function it is given: texts in one call, ids in the next."""
    accepted(
        "the type of the groups belongs to the call",
        "assert_type(orders.grouped(event_of), Dict[str, List[Order]])",
        "assert_type(orders.grouped(customer_of), Dict[CustomerId, List[Order]])",
        "assert_type(customers.grouped(name_of), Dict[str, List[Customer]])",
    )


def test_an_item_of_another_kind_is_refused():
    """mypy refuses to add a customer to the orders, or to ask orders what only customers can answer."""
    refused(
        "`orders` holds orders, and nothing else",
        'orders.add(Customer(CustomerId(7), "Ana"))',
        "orders.add(OrderId(1))",
        "orders.where(is_ana)",
        "orders.grouped(name_of)",
    )


def test_add_gives_nothing_and_key_of_is_held_to_its_types():
    """mypy refuses to use what `add` returns, and a repository whose `key_of` gives another key than it says."""
    refused("`add` returns nothing, so there is no event to print", "print(orders.add(order).event)")
    refused(
        "`customer_of` gives a CustomerId where an OrderId is announced",
        "wrong: Repository[OrderId, Order] = Repository(customer_of)",
    )


def test_the_first_parameter_is_the_key():
    """`Repository[OrderId, Order]` names keys first, items second, for mypy and where it runs."""
    accepted(
        "the keys come first, then the items",
        "same: Repository[OrderId, Order] = orders",
        "assert_type(customers, Repository[CustomerId, Customer])",
    )
    assert inside("subscripted") is True, "`Repository[int, str](len)` is written where the program runs, too"


def test_any_repository_does_what_it_did(rng: random.Random):
    """`where` and `grouped` list items in the order in which they were added."""
    keys = rng.sample(range(1000), 20)
    repository = answer.Repository(lambda item: item[0])
    assert repository.where(lambda item: True) == [], "nothing was added yet"
    assert repository.grouped(lambda item: 1) == {}, "nothing was added yet"
    for key in keys:
        repository.add((key, key % 4))
    assert repository.where(lambda item: item[1] > 1) == [(key, key % 4) for key in keys if key % 4 > 1]
    assert repository.grouped(lambda item: item[1]) == {
        rest: [(key, rest) for key in keys if key % 4 == rest] for rest in {key % 4 for key in keys}
    }
