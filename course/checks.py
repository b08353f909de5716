"""What a check may import beside `answer` and `given`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course.standin import BY_NAME, InOut


def inside(function: Callable[..., Any] | str, *args: Any, **kwargs: Any) -> Any:
    """Apply a function beside the student's code and return what it gives, as data.

    `function` is a built-in, a function of `operator`, or the name of one in the exercise's inside.py. Its arguments
    are sent on purpose: use it where an operator is the subject, never to let the submission judge.
    """
    from course.judge import current

    session = current()
    if session is None:
        raise RuntimeError("inside() works within a check only, while a submission is judged")
    if not isinstance(function, str) and function not in BY_NAME:
        raise TypeError(f"inside() knows built-ins and functions of operator, not {function!r}; put it into inside.py")
    return session.call(function, args, kwargs)


def inout(value: Any) -> InOut:
    """Wrap a list, dict, set or bytearray that the answer is to change in place; look at `.value` afterwards."""
    return InOut(value)
