"""asyncio without sockets and threads: timers and tasks only, which is all that a page's worker has."""

from __future__ import annotations

import asyncio
import sys
import time
import types
from collections.abc import Callable
from typing import Any


class Loop(asyncio.BaseEventLoop):
    """A loop whose only events are timers; its own selector."""

    def __init__(self) -> None:
        super().__init__()
        self._selector = self

    def select(self, timeout: float | None) -> tuple[()]:
        """Sleep until the next timer; raise RuntimeError where CPython would wait for ever."""
        if timeout is None:
            raise RuntimeError("deadlock: every task is waiting and nothing is left to wake one")
        time.sleep(timeout)
        return ()

    def _process_events(self, events: object) -> None:
        """Do nothing: there are no sockets."""

    def _write_to_self(self) -> None:
        """Do nothing: no other thread can wake this one."""

    def run_in_executor(self, executor: object, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:  # type: ignore[override]
        """Run the function on the spot: there are no threads."""
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:
            future.set_exception(error)
        return future


def install() -> None:
    """Make asyncio use this loop instead of the page's own, which cannot be waited for."""
    events: Any = asyncio.events

    class Policy(events._BaseDefaultEventLoopPolicy):  # type: ignore[misc]
        _loop_factory = Loop

    events._set_event_loop_policy(Policy())
    events._set_running_loop(None)
    setattr(asyncio, "SelectorEventLoop", Loop)  # noqa: B010
    # anyio imports it, and there are no sub-interpreters here
    sys.modules["concurrent.interpreters"] = types.SimpleNamespace(ExecutionFailed=RuntimeError, create=None)  # type: ignore[assignment]


async def _on_the_spot(_: type, func: Callable[..., Any], args: tuple[Any, ...] = (), *__: Any, **___: Any) -> Any:
    return func(*args)


def without_threads() -> None:
    """Let anyio run sync endpoints on the loop, where it is imported."""
    from anyio._backends._asyncio import AsyncIOBackend

    setattr(AsyncIOBackend, "run_sync_in_worker_thread", classmethod(_on_the_spot))  # noqa: B010
