import random

import answer
import pytest
from given import AtMost, Best, Minus, Nothing, Percent, Rule, Then, price


def some_rule(rng: random.Random, depth: int) -> Rule:
    """Return a random rule, with plenty in it to simplify."""
    if depth == 0:
        return rng.choice([Nothing(), Minus(0), Minus(rng.randint(1, 999)), Percent(0), Percent(10), Percent(rng.randint(1, 99))])
    kind = rng.choice([Then, Then, Best, AtMost, AtMost])
    if kind is Then:
        return Then(some_rule(rng, depth - 1), some_rule(rng, depth - 1))
    if kind is Best:
        return Best(tuple(some_rule(rng, depth - 1) for _ in range(rng.randint(1, 3))))
    return AtMost(some_rule(rng, depth - 1), rng.choice([0, 50, 90, 500, 900]))


def priced(rule: Rule, cents: int) -> int | str:
    try:
        return price(rule, cents)
    except Exception:
        return "no price at all"


def test_what_takes_nothing_off_is_nothing(rng: random.Random):
    """Zero cents, zero per cent, and a discount cut at zero are all `Nothing()`."""
    for rule in (Minus(0), Percent(0), AtMost(Percent(rng.randint(1, 99)), 0), AtMost(Nothing(), 500)):
        assert answer.simplify(rule) == Nothing(), "the price list would print a discount that is none"


def test_nothing_drops_out_of_a_chain(rng: random.Random):
    """`Nothing()` disappears on either side of `Then`, also where it only comes to light later."""
    rule = Percent(rng.randint(1, 99))
    for chain in (Then(Nothing(), rule), Then(rule, Minus(0)), Then(Then(Minus(0), Nothing()), Then(rule, Nothing()))):
        assert answer.simplify(chain) == rule, "a step that does nothing has no place in the list"


def test_neighbouring_amounts_are_added(rng: random.Random):
    """Two amounts off, one after the other, become one."""
    a, b = rng.randint(1, 999), rng.randint(1, 999)
    assert answer.simplify(Then(Minus(a), Minus(b))) == Minus(a + b), "two lines on the ticket for one discount"


def test_best_keeps_each_rule_once(rng: random.Random):
    """`Best` contains no `Best`, no rule twice (the first place counts) and no `Nothing()`; alone, a rule needs no `Best`."""
    a, b = Minus(rng.randint(1, 999)), Percent(rng.randint(1, 99))
    assert answer.simplify(Best((b, Best((a, b)), Nothing(), a))) == Best((b, a)), "each rule is asked once, in its order"
    assert answer.simplify(Best((a, Percent(0), a))) == a, "there is no choice between one rule and itself"


def test_the_tightest_limit_counts(rng: random.Random):
    """A limit of a limit is the smaller one, and an amount under a limit is an amount."""
    low, high, rule = rng.randint(1, 499), rng.randint(500, 999), Percent(rng.randint(1, 99))
    assert answer.simplify(AtMost(AtMost(rule, low), high)) == AtMost(rule, low), "the outer limit is never reached"
    assert answer.simplify(AtMost(AtMost(rule, high), low)) == AtMost(rule, low), "the inner limit is never reached"
    assert answer.simplify(AtMost(Minus(high), low)) == Minus(low), "an amount needs no limit"


def test_per_cents_are_not_added_up(rng: random.Random):
    """Two percentages stay two: each is rounded down to the cent by itself."""
    for first, second in ((Percent(10 * rng.randint(1, 5)), Percent(20)), (Percent(rng.randint(1, 49)), Percent(5))):
        assert answer.simplify(Then(first, second)) == Then(first, second), "10 % twice is not 20 %, and 19 % not to the cent"


@pytest.mark.points(2)
def test_no_price_changes(rng: random.Random):
    """Under the simplified rule every price is what it was under the rule itself, to the cent."""
    for trial in range(240):
        rule = some_rule(rng, 1 + trial // 80)  # small rules first: the first that fails can be read
        simple = answer.simplify(rule)
        for cents in (rng.randint(0, 400), rng.randint(400, 9_999), rng.randint(10_000, 99_999)):
            assert priced(simple, cents) == price(rule, cents), (
                f"{rule} became {simple}, which at {cents} cents is no longer the same"
            )
