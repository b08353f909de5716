"""Carries connections out of an answer's network to the one server that it may reach.

The answer's process makes a listening socket in its own network namespace before student code runs, and hands it over.
The judge accepts there: nothing of ours runs beside the answer, and nothing but the bytes of these connections gets out.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import socket
import threading
from collections.abc import Callable
from typing import Any

MOST = 40  # connections of an answer at a time; one more is closed at once
CHUNK = 1 << 16  # bytes
Target = Callable[[str], tuple[str, int]]


class Relay:
    """One thread that accepts at sockets, by service, and carries bytes both ways until it is closed."""

    def __init__(self, listeners: dict[str, socket.socket], target: Target) -> None:
        """Begin; `target` gives host and port of a service at once, or raises LookupError where there is none now."""
        self.ports = {name: int(listener.getsockname()[1]) for name, listener in listeners.items()}
        self.target = target
        self.carried: set[asyncio.Task[Any]] = set()
        self.before: set[asyncio.Task[Any]] = set()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, name="relay", daemon=True)
        self.thread.start()
        for name, listener in listeners.items():
            accept = functools.partial(self._carry, name)
            self._do(asyncio.start_server(accept, sock=listener, limit=CHUNK))

    def mark(self) -> None:
        """Keep what is open now beyond the next `drop`."""
        self.before = set(self.carried)

    def drop(self) -> None:
        """Close every connection that was opened since `mark`."""
        self._do(self._end(self.carried - self.before))

    def close(self) -> None:
        """Close everything, and end the thread."""
        self._do(self._end(asyncio.all_tasks(self.loop)))
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def _do(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()

    async def _end(self, tasks: set[asyncio.Task[Any]]) -> None:
        mine = asyncio.current_task()
        for task in tasks:
            if task is not mine:
                task.cancel()
        await asyncio.gather(*(task for task in tasks if task is not mine), return_exceptions=True)

    async def _carry(self, name: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self.carried.add(task)
        writers = [writer]
        try:
            if len(self.carried) <= MOST:
                there, back = await asyncio.open_connection(*self.target(name), limit=CHUNK)
                writers.append(back)
                await asyncio.gather(_pour(reader, back), _pour(there, writer))
        except (OSError, LookupError, asyncio.CancelledError):
            pass  # the other side sees its connection end
        finally:
            self.carried.discard(task)
            for each in writers:
                each.transport.abort()


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Carry bytes one way until there are no more."""
    while part := await reader.read(CHUNK):
        writer.write(part)
        await writer.drain()
    with contextlib.suppress(OSError):
        writer.write_eof()
