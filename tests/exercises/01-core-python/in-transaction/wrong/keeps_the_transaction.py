# Takes a ParamSpec without Concatenate, as every other decorator does.
# fails: test_callers_pass_the_rest, test_other_calls_are_refused, test_start_decides_what_the_first_parameter_may_be, test_mypy_accepts_the_cell
# says: Missing positional argument
# exercise: core.in-transaction
from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T", bound=Transaction)


def in_transaction(start: Callable[[], T]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator that calls a function with a transaction of its own as the first argument."""

    def decorate(work: Callable[P, R]) -> Callable[P, R]:
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
