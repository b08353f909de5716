# Keeps the inner of two limits, whichever is tighter.
# fails: test_the_tightest_limit_counts, test_no_price_changes
# says: never reached
# exercise: core.simplify-discount
def simplify(rule: Rule) -> Rule:
    """Return the simplest rule that gives the same price, in cents, for every price. The argument is not changed."""
    match rule:
        case Minus(0) | Percent(0) | AtMost(_, 0):
            return Nothing()
        case Then(first, second):
            return chain(simplify(first), simplify(second))
        case AtMost(inner, most):
            match simplify(inner):
                case Nothing():
                    return Nothing()
                case Minus(cents):
                    return Minus(min(cents, most))
                case AtMost(deeper, less):
                    return AtMost(deeper, less)
                case simple:
                    return AtMost(simple, most)
        case Best(rules):
            flat = []
            for option in map(simplify, rules):
                flat += option.rules if isinstance(option, Best) else [option]
            match [*dict.fromkeys(option for option in flat if option != Nothing())]:
                case []:
                    return Nothing()
                case [only]:
                    return only
                case several:
                    return Best(tuple(several))
    return rule


def chain(first: Rule, second: Rule) -> Rule:
    """Join two simple rules."""
    match first, second:
        case (Nothing(), other) | (other, Nothing()):
            return other
        case Then(step, others), _:
            return chain(step, chain(others, second))
        case Minus(a), Minus(b):
            return Minus(a + b)
        case Minus(a), Then(Minus(b), others):
            return Then(Minus(a + b), others)
    return Then(first, second)
