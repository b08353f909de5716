# Drops the parameter called tx from the signature, and no other.
# fails: test_any_first_parameter_is_left_out
# says: not by its name
# exercise: core.in-transaction
from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T", bound=Transaction)


def in_transaction(start: Callable[[], T]) -> Callable[[Callable[Concatenate[T, P], R]], Callable[P, R]]:
    """Return a decorator that calls a function with a transaction of its own as the first argument."""

    def decorate(work: Callable[Concatenate[T, P], R]) -> Callable[P, R]:
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
        rest = [each for each in whole.parameters.values() if each.name != "tx"]
        vars(called)["__signature__"] = whole.replace(parameters=rest)
        return called

    return decorate
