# Starts the transaction while decorating.
# fails: test_decorating_starts_nothing, test_a_call_within_a_call_has_its_own_transaction
# says: locks the ledger
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
        tx = start()

        @wraps(work)
        def called(*args: P.args, **kwargs: P.kwargs) -> R:
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
