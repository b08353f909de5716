# A context manager around the call, and the signature by annotations of a class with __call__.
# exercise: core.in-transaction
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import update_wrapper
from inspect import signature
from typing import Concatenate, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T", bound=Transaction)


class Transacted(Generic[T, P, R]):
    """A function whose first argument is a transaction that each call starts."""

    def __init__(self, start: Callable[[], T], work: Callable[Concatenate[T, P], R]) -> None:
        self._start, self._work = start, work
        update_wrapper(self, work)
        told = signature(work)
        self.__signature__ = told.replace(parameters=[*told.parameters.values()][1:])

    @contextmanager
    def _open(self) -> Iterator[T]:
        tx = self._start()
        try:
            yield tx
            tx.commit()
        except BaseException:
            tx.rollback()
            raise

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        with self._open() as tx:
            return self._work(tx, *args, **kwargs)


def in_transaction(start: Callable[[], T]) -> Callable[[Callable[Concatenate[T, P], R]], Transacted[T, P, R]]:
    """Return a decorator that calls a function with a transaction of its own as the first argument."""
    return lambda work: Transacted(start, work)


@in_transaction(Ledger)
def book(tx: Ledger, order: int, seats: int = 1) -> str:
    tx.write(f"{order}: {seats}")
    return f"booked {seats}"


book(1042, seats=2)
