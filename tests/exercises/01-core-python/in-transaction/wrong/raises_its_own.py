# Tells the caller of another exception.
# fails: test_a_failure_is_rolled_back, test_ctrl_c_is_rolled_back, test_a_commit_that_fails_is_rolled_back
# says: ValueError: no 9 seats
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
            except BaseException as error:
                tx.rollback()
                raise RuntimeError("rolled back") from error
            return result

        whole = signature(work)
        _, *rest = whole.parameters.values()
        vars(called)["__signature__"] = whole.replace(parameters=rest)
        return called

    return decorate
