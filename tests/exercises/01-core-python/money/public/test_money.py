import operator
import random

import answer
import pytest

from course.checks import inside

COMPARISONS = (operator.lt, operator.le, operator.gt, operator.ge)


def data(price):
    return price.cents, price.currency


def test_prices_add_up(rng: random.Random):
    """The sum of two prices is a price in the same currency."""
    a, b = rng.randrange(1, 90_000), rng.randrange(1, 90_000)
    total = inside(operator.add, answer.Money(a, "EUR"), answer.Money(b, "EUR"))
    assert data(total) == (a + b, "EUR"), "the till adds prices all day"


def test_a_discount_is_taken_off(rng: random.Random):
    """A discount comes off the price, below zero if it is the larger one."""
    a, b = rng.randrange(1, 5_000), rng.randrange(5_000, 9_000)
    rest = inside(operator.sub, answer.Money(a, "GBP"), answer.Money(b, "GBP"))
    assert data(rest) == (a - b, "GBP"), "what goes below zero is owed to the customer"


def test_tickets_multiply_from_both_sides(rng: random.Random):
    """Three tickets at a price and a price for three tickets cost the same."""
    cents, tickets = rng.randrange(1, 9_000), rng.randrange(2, 30)
    price = answer.Money(cents, "EUR")
    right, left = inside(operator.mul, price, tickets), inside(operator.mul, tickets, price)
    assert [data(right), data(left)] == [(cents * tickets, "EUR")] * 2, "`3 * price` is how people write it"


def test_currencies_do_not_mix():
    """Two currencies are neither added nor subtracted."""
    for sign in (operator.add, operator.sub):
        with pytest.raises(ValueError):
            inside(sign, answer.Money(9500, "EUR"), answer.Money(4000, "USD"))


def test_prices_have_an_order(rng: random.Random):
    """The cheaper price is the smaller one, for all four comparisons."""
    low, high = rng.randrange(0, 4_000), rng.randrange(4_001, 9_000)
    cheap, dear = answer.Money(low, "EUR"), answer.Money(high, "EUR")
    assert [inside(sign, cheap, dear) for sign in COMPARISONS] == [True, True, False, False]
    assert [inside(sign, dear, cheap) for sign in COMPARISONS] == [False, False, True, True]


def test_a_price_prints(rng: random.Random):
    """A price prints with two decimals and its currency."""
    units, cents = rng.randrange(1, 900), rng.randrange(0, 10)
    assert inside(str, answer.Money(units * 100 + cents, "CHF")) == f"{units}.0{cents} CHF", "5 cents are .05, not .5"


def test_cents_are_whole():
    """An amount that is no whole number of cents is refused at the door."""
    for cents in (95.0, "9500", None):
        with pytest.raises(TypeError):
            answer.Money(cents, "EUR")
