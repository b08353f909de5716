import operator
import random

import answer
import pytest

from course.checks import inside

COMPARISONS = (operator.lt, operator.le, operator.gt, operator.ge)


@pytest.mark.points(2)
def test_an_unknown_type_gets_its_turn(rng: random.Random):
    """An operator that meets a type it does not know leaves the decision to that type."""
    price = rng.randrange(1, 9_000), "EUR"
    asked = {name: inside("with_stranger", name, *price) for name in ("add", "sub", "mul", "lt", "le", "gt", "ge")}
    asked["rmul"] = inside("with_stranger", "mul", *price, stranger_first=True)
    assert asked == dict.fromkeys(asked, "the other type was asked"), "raising TypeError yourself ends the conversation"
    with pytest.raises(TypeError):
        inside(operator.add, answer.Money(*price), 5)


def test_two_prices_or_a_half_are_no_number_of_tickets(rng: random.Random):
    """A price is multiplied by a whole number of tickets, not by a price and not by a fraction."""
    price = answer.Money(rng.randrange(1, 9_000), "EUR")
    for tickets in (price, 1.5, "2", None):
        with pytest.raises(TypeError):
            inside(operator.mul, price, tickets)


def test_true_is_no_amount():
    """True is neither an amount of cents nor a number of tickets."""
    with pytest.raises(TypeError):
        answer.Money(True, "EUR")
    with pytest.raises(TypeError):
        inside(operator.mul, answer.Money(9500, "EUR"), True)
    with pytest.raises(TypeError):
        inside(operator.mul, False, answer.Money(9500, "EUR"))


def test_a_debt_prints(rng: random.Random):
    """A negative amount prints with a minus in front, also below one unit."""
    cents = rng.randrange(1, 100)
    units = rng.randrange(1, 50)
    assert inside(str, answer.Money(-cents, "EUR")) == f"-0.{cents:02} EUR", "rounding down turns -0.50 into -1.50"
    assert inside(str, answer.Money(-100 * units - cents, "EUR")) == f"-{units}.{cents:02} EUR"
    assert inside(str, answer.Money(0, "EUR")) == "0.00 EUR"


def test_a_format_lays_out_the_text(rng: random.Random):
    """A format specification for text works on a price."""
    units = rng.randrange(1, 900)
    text, width = f"{units}.00 EUR", rng.randrange(12, 20)
    got = {spec: inside(format, answer.Money(units * 100, "EUR"), spec) for spec in (f">{width}", f"*^{width}", "")}
    assert got == {spec: format(text, spec) for spec in got}, "receipts are laid out in columns"


def test_the_order_refuses_other_currencies():
    """No comparison decides which of two currencies is more."""
    for sign in COMPARISONS:
        with pytest.raises(ValueError):
            inside(sign, answer.Money(100, "USD"), answer.Money(200, "EUR"))


def test_equal_prices_are_neither_more_nor_less(rng: random.Random):
    """A price is at most and at least itself, and neither more nor less."""
    cents = rng.randrange(-900, 9_000)
    a, b = answer.Money(cents, "EUR"), answer.Money(cents, "EUR")
    assert [inside(sign, a, b) for sign in COMPARISONS] == [False, True, False, True]


def test_equal_prices_count_once(rng: random.Random):
    """Prices are equal by amount and currency, and a set holds equal prices once."""
    cents = rng.randrange(1, 9_000)
    assert inside(operator.eq, answer.Money(cents, "EUR"), answer.Money(cents, "USD")) is False
    assert inside("distinct", [(cents, "EUR"), (cents, "USD"), (cents, "EUR")]) == 2, "price lists use prices as keys"
