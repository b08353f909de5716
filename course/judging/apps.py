"""Answer one HTTP request with a web application of the submission, without a socket: ASGI and WSGI.

Shipped into the sandbox; imports nothing of the course.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

TYPE_CHECKING = False  # imports are few here: each costs every submission
if TYPE_CHECKING:
    from typing import Any

Request = tuple[str, str, list[tuple[bytes, bytes]], bytes]  # method, path with query, headers, body
Response = tuple[int, list[tuple[bytes, bytes]], bytes]  # status, headers, body
LARGEST = 4 << 20  # bytes of a response


def is_asgi(app: Any) -> bool:
    """Say whether an application is asynchronous."""
    import inspect

    return inspect.iscoroutinefunction(app) or (callable(app) and inspect.iscoroutinefunction(type(app).__call__))


class Started:
    """ASGI applications whose start-up has run, by identity."""

    def __init__(self, wait: Callable[[Any], Any]) -> None:
        self.wait = wait
        self.states: dict[int, dict[str, Any]] = {}
        self.running: list[Any] = []

    def respond(self, app: Any, request: Request) -> Response:
        """Return the application's response; what it raises goes to the caller."""
        if not is_asgi(app):
            return _wsgi(app, request)
        if id(app) not in self.states:
            self.states[id(app)] = {}
            self.wait(self._start(app))
        return tuple(self.wait(_asgi(app, request, self.states[id(app)])))

    async def _start(self, app: Any) -> None:
        """Run the application's start-up; one that knows no lifespan is left alone."""
        import asyncio

        inbox: asyncio.Queue[Any] = asyncio.Queue()
        outbox: asyncio.Queue[Any] = asyncio.Queue()
        scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": self.states[id(app)]}
        task = asyncio.ensure_future(app(scope, inbox.get, outbox.put))
        self.running.append((task, inbox))
        inbox.put_nowait({"type": "lifespan.startup"})
        answer = asyncio.ensure_future(outbox.get())
        await asyncio.wait({answer, task}, return_when=asyncio.FIRST_COMPLETED)
        if not answer.done():
            answer.cancel()
            task.exception()
        elif answer.result()["type"] == "lifespan.startup.failed":
            raise RuntimeError(f"the application's start-up failed: {answer.result().get('message', '')[:500]}")


async def _asgi(app: Any, request: Request, state: dict[str, Any]) -> Response:
    import asyncio

    method, target, headers, body = request
    path, _, query = target.partition("?")
    finished = asyncio.Event()
    asked: list[dict[str, Any]] = [{"type": "http.request", "body": body, "more_body": False}]
    status, sent_headers, sent = 500, list[tuple[bytes, bytes]](), bytearray()

    async def receive() -> dict[str, Any]:
        if asked:
            return asked.pop()
        await finished.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = int(message["status"])
            sent_headers.extend((bytes(k), bytes(v)) for k, v in message.get("headers", []))
        elif message["type"] == "http.response.body":
            sent.extend(message.get("body", b""))
            if len(sent) > LARGEST:
                raise ValueError("the response is larger than 4 MiB")
            if not message.get("more_body"):
                finished.set()

    await app(
        {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": _unquoted(path),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": headers,
            "client": ("127.0.0.1", 50_000),
            "server": ("testserver", 80),
            "state": dict(state),
        },
        receive,
        send,
    )
    return status, sent_headers, bytes(sent)


def _unquoted(path: str, encoding: str = "utf-8") -> str:
    from urllib.parse import unquote

    return unquote(path, encoding)


def _wsgi(app: Any, request: Request) -> Response:
    method, target, headers, body = request
    path, _, query = target.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": _unquoted(path, "latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for key, value in headers:
        name = key.decode("latin-1").upper().replace("-", "_")
        prefix = "" if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else "HTTP_"
        environ[prefix + name] = value.decode("latin-1")
    started: list[Any] = []
    written = bytearray()

    def start_response(status: str, headers: list[tuple[str, str]], *_: Any) -> Callable[[bytes], None]:
        started[:] = [int(status.split()[0]), [(k.encode("latin-1"), v.encode("latin-1")) for k, v in headers]]
        return written.extend

    result = app(environ, start_response)
    try:
        for part in result:
            written.extend(part)
            if len(written) > LARGEST:
                raise ValueError("the response is larger than 4 MiB")
    finally:
        if hasattr(result, "close"):
            result.close()
    return started[0], started[1], bytes(written)
