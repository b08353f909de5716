"""What a check may import beside `answer` and `given`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from course.judging.standin import BY_NAME, InOut, Later, Remote

if TYPE_CHECKING:
    import httpx


def inside(function: Callable[..., Any] | str, *args: Any, **kwargs: Any) -> Any:
    """Apply a function beside the student's code and return what it gives, as data.

    `function` is a built-in, a function of `operator`, or the name of one in the exercise's inside.py. Its arguments
    are sent on purpose: use it where an operator is the subject, never to let the submission judge.
    """
    from course.judging.judge import current

    session = current()
    if session is None:
        raise RuntimeError("inside() works within a check only, while a submission is judged")
    if not isinstance(function, str) and function not in BY_NAME:
        raise TypeError(f"inside() knows built-ins and functions of operator, not {function!r}; put it into inside.py")
    return session.call(function, args, kwargs)


def inout(value: Any) -> InOut:
    """Wrap a list, dict, set or bytearray that the answer is to change in place; look at `.value` afterwards."""
    return InOut(value)


def http(app: Remote | Later) -> httpx.Client:
    """Return an HTTP client whose requests an application of the submission answers inside, ASGI or WSGI.

    No socket is involved. An ASGI application's start-up runs before its first request of a check. What the
    application raises, the request raises.
    """
    import httpx

    from course.judging.judge import current

    class Inside(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            session, target = current(), app._now() if isinstance(app, Later) else app
            if session is None or not isinstance(target, Remote):
                raise TypeError("http() takes an application of the answer, while a submission is judged")
            headers = [(key.lower(), value) for key, value in request.headers.raw]
            sent = (request.method, request.url.raw_path.decode("ascii"), headers, request.read())
            status, received, body = session.http(target, sent)
            return httpx.Response(status, headers=received, content=body, request=request)

    return httpx.Client(transport=Inside(), base_url="http://testserver")
