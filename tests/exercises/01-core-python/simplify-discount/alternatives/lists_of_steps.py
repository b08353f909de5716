# Flattens a chain into a list of steps, merges neighbours there, and folds it from the right.
# exercise: core.simplify-discount
from functools import reduce


def steps(rule: Rule) -> list[Rule]:
    if isinstance(rule, Then):
        return steps(rule.first) + steps(rule.second)
    simple = simplify(rule)
    if isinstance(simple, Then):
        return steps(simple)
    return [] if simple == Nothing() else [simple]


def simplify(rule: Rule) -> Rule:
    if isinstance(rule, Then):
        merged: list[Rule] = []
        for each in steps(rule):
            if merged and isinstance(each, Minus) and isinstance(merged[-1], Minus):
                each = Minus(merged.pop().cents + each.cents)
            merged.append(each)
        if not merged:
            return Nothing()
        return reduce(lambda rest, each: Then(each, rest), reversed(merged[:-1]), merged[-1])
    if isinstance(rule, AtMost):
        inner, most = simplify(rule.rule), rule.cents
        while isinstance(inner, AtMost):
            inner, most = inner.rule, min(inner.cents, most)
        if inner == Nothing() or most == 0:
            return Nothing()
        return Minus(min(inner.cents, most)) if isinstance(inner, Minus) else AtMost(inner, most)
    if isinstance(rule, Best):
        kept: dict[Rule, None] = {}
        for option in rule.rules:
            simple = simplify(option)
            kept.update(dict.fromkeys(simple.rules if isinstance(simple, Best) else [simple]))
        kept.pop(Nothing(), None)
        if len(kept) < 2:
            return next(iter(kept), Nothing())
        return Best(tuple(kept))
    return Nothing() if rule in (Minus(0), Percent(0)) else rule
