# Applies one small rule at a time, anywhere in the tree, until none applies.
# exercise: core.simplify-discount
def simplify(rule: Rule) -> Rule:
    while (new := step(rule)) != rule:
        rule = new
    return rule


def step(rule: Rule) -> Rule:
    match rule:
        case Minus(0) | Percent(0) | AtMost(_, 0) | AtMost(Nothing()) | Best(()):
            return Nothing()
        case Then(Nothing(), other) | Then(other, Nothing()) | Best((other,)):
            return step(other)
        case Then(Then(a, b), c):
            return step(Then(a, Then(b, c)))
        case Then(Minus(a), Minus(b)):
            return Minus(a + b)
        case Then(Minus(a), Then(Minus(b), rest)):
            return step(Then(Minus(a + b), rest))
        case Then(a, b):
            return Then(step(a), step(b))
        case AtMost(AtMost(inner, a), b):
            return AtMost(inner, min(a, b))
        case AtMost(Minus(a), b):
            return Minus(min(a, b))
        case AtMost(inner, a):
            return AtMost(step(inner), a)
        case Best(rules):
            kept = []
            for option in map(step, rules):
                for each in option.rules if isinstance(option, Best) else (option,):
                    if each not in kept and each != Nothing():
                        kept.append(each)
            return Best(tuple(kept))
    return rule
