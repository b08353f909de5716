# Sets the signature and forgets name and docstring.
# fails: test_name_and_docstring_stay
# says: called
# exercise: core.in-transaction
from collections.abc import Callable
from inspect import signature
from typing import Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T", bound=Transaction)


def in_transaction(start: Callable[[], T]) -> Callable[[Callable[Concatenate[T, P], R]], Callable[P, R]]:
    """Return a decorator that calls a function with a transaction of its own as the first argument."""

    def decorate(work: Callable[Concatenate[T, P], R]) -> Callable[P, R]:
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
