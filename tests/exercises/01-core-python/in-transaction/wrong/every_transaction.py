# Promises Transaction to all functions, which Ledger's own do not accept.
# fails: test_callers_pass_the_rest, test_start_decides_what_the_first_parameter_may_be
# says: so a Ledger it may be
# exercise: core.in-transaction
from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def in_transaction(start: Callable[[], Transaction]) -> Callable[[Callable[Concatenate[Transaction, P], R]], Callable[P, R]]:
    """Return a decorator that calls a function with a transaction of its own as the first argument."""

    def decorate(work: Callable[Concatenate[Transaction, P], R]) -> Callable[P, R]:
        @wraps(work)
        def called(*args: P.args, **kwargs: P.kwargs) -> R:
            tx = start()
            try:
                result = work(tx, *args, **kwargs)
                tx.commit()
            except BaseException:
                tx.rollback()
                raise
            return result

        whole = signature(work)
        _, *rest = whole.parameters.values()
        vars(called)["__signature__"] = whole.replace(parameters=rest)
        return called

    return decorate
