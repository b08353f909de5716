import random

import answer
import pytest
from given import AtMost, Best, Minus, Nothing, Percent, Rule, Then


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


def left_over(rule: Rule) -> str:
    """Return what could still be simplified, or nothing."""
    match rule:
        case Minus(0) | Percent(0) | AtMost(_, 0) | AtMost(Nothing() | Minus() | AtMost()):
            return f"{rule}"
        case Then(Nothing() | Then()) | Then(_, Nothing()) | Then(Minus(), Minus() | Then(Minus())):
            return f"{rule}"
        case Best(rules) if len(rules) < 2 or len(set(rules)) < len(rules):
            return f"{rule}"
        case Best(rules) if any(isinstance(option, Best | Nothing) for option in rules):
            return f"{rule}"
        case Then(first, second):
            return left_over(first) or left_over(second)
        case Best(rules):
            return next(filter(None, map(left_over, rules)), "")
        case AtMost(inner):
            return left_over(inner)
    return ""


@pytest.mark.points(2)
def test_nothing_is_left_to_simplify(rng: random.Random):
    """However deep the rule: no step of the list in the task applies anywhere in the result."""
    for trial in range(160):
        rule = some_rule(rng, 1 + trial // 40)  # small rules first: the first that fails can be read
        simple = answer.simplify(rule)
        assert left_over(simple) == "", f"{rule} became {simple}, which can be made simpler"


def test_chains_lean_to_the_right(rng: random.Random):
    """A chain is written `Then(a, Then(b, c))`, so that amounts meet their neighbours however the chain was bracketed."""
    a, b, off = rng.randint(1, 99), rng.randint(1, 99), Percent(rng.randint(1, 99))
    expected = Then(off, Then(Minus(a + b), off))
    for chain in (
        Then(Then(off, Minus(a)), Then(Minus(b), off)),
        Then(Then(Then(off, Minus(a)), Minus(b)), off),
        Then(off, Then(Minus(a), Then(Minus(b), off))),
    ):
        assert answer.simplify(chain) == expected, "brackets do not change what a chain does, so they must not stay"


def test_all_of_a_rule_may_vanish():
    """A rule in which no part does anything is `Nothing()`, whatever it is made of."""
    for rule in (Best((Nothing(),)), Best((Minus(0), Percent(0))), AtMost(Then(Minus(0), Best((Nothing(), Nothing()))), 900)):
        assert answer.simplify(rule) == Nothing(), "nothing, at length, is still nothing"


def test_simplifying_twice_changes_nothing(rng: random.Random):
    """What has been simplified stays as it is."""
    for trial in range(60):
        once = answer.simplify(some_rule(rng, 1 + trial // 20))
        assert answer.simplify(once) == once, "a second run would change the price list"


def test_a_long_rule_is_done_in_time(rng: random.Random):
    """Forty amounts in one chain become one, however they are bracketed, well within the time limit."""
    amounts = [rng.randint(1, 99) for _ in range(40)]
    left: Rule = Nothing()
    right: Rule = Nothing()
    for amount in amounts:
        left, right = Then(left, Minus(amount)), Then(Minus(amount), right)
    for rule in (left, right):
        assert answer.simplify(rule) == Minus(sum(amounts)), "one line on the ticket"
