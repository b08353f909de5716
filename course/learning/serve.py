"""Serve the built book on a local address."""

from __future__ import annotations

import contextlib
import http.server
import json
import os
import threading
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

from course.errors import CourseError

BOOK_PORT = 8000
PORTS_TRIED = 50


class Pages(http.server.SimpleHTTPRequestHandler):
    """Serve the book's files, and /lab.json, which tells its pages where JupyterLab is."""

    protocol_version = "HTTP/1.1"
    lab_url = ""

    def do_GET(self) -> None:
        """Answer a file, the address of JupyterLab, or the book's own page for what does not exist."""
        if self.path.partition("?")[0] == "/lab.json":
            self._send(HTTPStatus.OK, "application/json", json.dumps({"lab": f"{self.lab_url}lab/tree/"}).encode())
        else:
            super().do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer 404 with the book's own page."""
        page = Path(self.directory) / "404.html"
        if code == HTTPStatus.NOT_FOUND and page.is_file():
            self._send(HTTPStatus.NOT_FOUND, "text/html; charset=utf-8", page.read_bytes())
        elif code == HTTPStatus.NOT_FOUND:
            self._send(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"There is no such page in the book.\n")
        else:
            super().send_error(code, message, explain)

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """List nothing: a folder without a page is no page."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        """Let browsers ask again, so that a rebuilt page is seen at once."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the terminal shows the two addresses."""

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


@contextlib.contextmanager
def serve(folder: Path, lab_url: str, port: int = BOOK_PORT) -> Iterator[str]:
    """Serve the book on 127.0.0.1, on `port` or the next free one; yield its address."""
    handler = type("BoundPages", (Pages,), {"lab_url": lab_url})
    server = None
    for candidate in [*range(port, port + PORTS_TRIED), 0]:
        with contextlib.suppress(OSError):
            server = http.server.ThreadingHTTPServer(
                ("127.0.0.1", candidate), lambda *args: handler(*args, directory=str(folder))
            )
            break
    if server is None:
        raise CourseError("No port of 127.0.0.1 can be opened for the book. Is a firewall or sandbox in the way?")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
