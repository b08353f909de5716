"""What a submission may use, why it ended, and what the judge asks of whatever runs it: needs no process, no system."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

if TYPE_CHECKING:
    from socket import socket

Message = dict[str, Any]
CallBack = Callable[[Message], Message]


@dataclass(frozen=True)
class Limits:
    """What one submission may use. `time`: seconds a check or a cell; sizes in MiB, disk for each writable place.

    `pace`: by how much every time limit is stretched, for an interpreter that is slower. `services`: the servers that it
    may reach, each through one port of its own network.
    """

    time: float = 5.0
    memory: int = 512
    disk: int = 64
    output: int = 1
    processes: int = 64
    files: int = 128
    pace: float = 1.0
    services: tuple[str, ...] = ()


class Ended(Exception):
    """The sandbox ended before it answered. `verdict` is one of course.judging.result.ENDINGS."""

    def __init__(self, verdict: str, text: str) -> None:
        super().__init__(text)
        self.verdict, self.text = verdict, text


class Channel(Protocol):
    """A running worker, as the judge sees it. Every method but `kill` raises Ended when it is no more."""

    captured: bytes

    def exchange(self, message: Message, deadline: float, call_back: CallBack) -> Message:
        """Send a request and return its reply before the deadline (of time.monotonic), serving callbacks meanwhile."""
        ...

    def end(self, deadline: float) -> None:
        """End the check's fork."""
        ...

    def kill(self) -> None:
        """End the worker and everything it started."""
        ...


@runtime_checkable
class Networked(Protocol):
    """A worker with a network of its own."""

    def listeners(self, deadline: float) -> dict[str, socket]:
        """Return the sockets that listen there, by service."""
        ...


class Source(Protocol):
    """Gives out running workers."""

    def start(self, limits: Limits) -> Channel:
        """Start a worker."""
        ...

    def close(self) -> None:
        """End what waits to be given out."""
        ...


def ending(status: int) -> Ended:
    """Return the verdict for an exit status; negative for a signal, as subprocess has it."""
    if status == 97:
        return Ended("OUTPUT_LIMIT", "it printed too much")
    if status == -signal.SIGXCPU:
        return Ended("TIMEOUT", "it used more than its processor time")
    if status == -signal.SIGKILL:
        return Ended("KILLED", "it was killed")
    if status < 0:
        with contextlib.suppress(ValueError):
            return Ended("CRASH", f"it died of {signal.Signals(-status).name}")
        return Ended("CRASH", f"it died of signal {-status}")
    return Ended("EXITED", f"it ended the process itself (status {status})")
