# Looks at a node before its parts are simple, and does not look again.
# fails: test_nothing_is_left_to_simplify, test_all_of_a_rule_may_vanish, test_simplifying_twice_changes_nothing
# says: can be made simpler
# exercise: core.simplify-discount
def simplify(rule: Rule) -> Rule:
    match rule:
        case Minus(0) | Percent(0) | AtMost(_, 0) | AtMost(Nothing()):
            return Nothing()
        case Then(Nothing() | Minus(0), other) | Then(other, Nothing() | Minus(0)):
            return simplify(other)
        case Then(Then(a, b), c):
            return simplify(Then(a, Then(b, c)))
        case Then(Minus(a), Minus(b)):
            return simplify(Minus(a + b))
        case Then(Minus(a), Then(Minus(b), rest)):
            return simplify(Then(Minus(a + b), rest))
        case Then(a, b):
            return Then(simplify(a), simplify(b))
        case AtMost(AtMost(inner, a), b):
            return simplify(AtMost(inner, min(a, b)))
        case AtMost(Minus(a), b):
            return simplify(Minus(min(a, b)))
        case AtMost(inner, a):
            return AtMost(simplify(inner), a)
        case Best(rules):
            flat = []
            for option in map(simplify, rules):
                flat += option.rules if isinstance(option, Best) else [option]
            kept = [*dict.fromkeys(option for option in flat if option != Nothing())]
            return Best(tuple(kept)) if len(kept) > 1 else (kept or [Nothing()])[0]
    return rule
