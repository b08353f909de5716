# Keeps the result, and takes any arguments.
# fails: test_other_calls_are_refused, test_start_decides_what_the_first_parameter_may_be
# says: would arrive as the order
# exercise: core.in-transaction
from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import TypeVar

R = TypeVar("R")
T = TypeVar("T", bound=Transaction)


def in_transaction(start: Callable[[], T]) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Return a decorator that calls a function with a transaction of its own as the first argument."""

    def decorate(work: Callable[..., R]) -> Callable[..., R]:
        @wraps(work)
        def called(*args: object, **kwargs: object) -> R:
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
